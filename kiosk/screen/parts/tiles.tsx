// The three kinds of choices, drawn as tiles: what most people come for, a field, a service.
import type { JSX } from "preact";
import { firstToOpen, shutWords } from "../../../server/screens/shared/openings.ts";
import { nameIn } from "../../../server/screens/shared/texts.ts";
import type { Frequent, Lang, MenuField, MenuService, Names } from "../../../server/screens/shared/wire.ts";
import { choiceOf, isOpen, serviceOf, servicesIn } from "../menu.ts";
import type { Stage } from "../stage.ts";
import { leadsTo, type Place, shut } from "../visit.ts";
import { countersWords, waitingWords } from "../words.ts";
import { Tile } from "./tile.tsx";

/** A procedure names its line, a line its counters: what the tile's own name does not say. */
export function FrequentTile({ stage, frequent }: { stage: Stage; frequent: Frequent }): JSX.Element | null {
  const { lang } = stage.visit;
  const service = serviceOf(stage.menu, frequent.service);
  if (service === undefined) return null;
  const more = frequent.kind === "service" ? countersWords(service.counters, lang) : nameIn(lang, service.names);
  return (
    <Tile
      code={frequent.code}
      name={nameIn(lang, frequent.names)}
      second={serviceLine(service, lang, more)}
      shut={!service.open}
      onChoose={() => stage.step({ do: "open", place: leadsTo(choiceOf(frequent), service) })}
    />
  );
}

/** A field with one line leads straight to it. */
export function FieldTile({ stage, field }: { stage: Stage; field: MenuField }): JSX.Element {
  const { lang } = stage.visit;
  const services = servicesIn(stage.menu, field);
  const only = services.length === 1 ? services[0] : undefined;
  const open = isOpen(stage.menu, field);
  const inside: Place = open ? { at: "services", field: field.code, page: 0 } : shut(firstToOpen(services));
  const place = only === undefined ? inside : leadsTo({ service: only.code }, only);
  return (
    <Tile
      code={field.code}
      name={nameIn(lang, field.names)}
      second={fieldLine(field.names, services, open, lang)}
      shut={!open}
      onChoose={() => stage.step({ do: "open", place })}
    />
  );
}

export function ServiceTile({ stage, service }: { stage: Stage; service: MenuService }): JSX.Element {
  const { lang } = stage.visit;
  return (
    <Tile
      code={service.code}
      name={nameIn(lang, service.names)}
      second={serviceLine(service, lang, countersWords(service.counters, lang))}
      shut={!service.open}
      onChoose={() => stage.step({ do: "open", place: leadsTo({ service: service.code }, service) })}
    />
  );
}

function serviceLine(service: MenuService, lang: Lang, more: string | null): string {
  if (!service.open) return shutWords(service, lang);
  const waiting = waitingWords(service.waiting, lang);
  return more === null ? waiting : `${waiting} · ${more}`;
}

// In another language the signs in the hall still say it in Vietnamese: so the second line does.
function fieldLine(names: Names, services: MenuService[], open: boolean, lang: Lang): string {
  const first = open ? undefined : firstToOpen(services);
  if (first !== undefined) return shutWords(first, lang);
  if (lang !== "vi") return names.vi;
  if (services.length === 1) return waitingWords(services[0]!.waiting, lang);
  return services.map((service) => nameIn(lang, service.names)).join(" · ");
}
