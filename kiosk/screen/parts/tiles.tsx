// The three kinds of choices, drawn as tiles: a frequent procedure, a field, a service.
import type { JSX } from "preact";
import { Refusal } from "../../../server/screens/shared/http.ts";
import { nameIn, texts } from "../../../server/screens/shared/texts.ts";
import type { FrequentProcedure, Lang, MenuField, MenuService, Names } from "../../../server/screens/shared/wire.ts";
import { counterList, isOpen, serviceOf, servicesIn } from "../menu.ts";
import type { Stage } from "../stage.ts";
import type { Place } from "../visit.ts";
import { kioskTexts, waitingWords } from "../words.ts";
import { Tile } from "./tile.tsx";

const SHUT = new Refusal(409, "service_closed");
const shutPlace: Place = { at: "refused", code: SHUT.code, status: SHUT.status, facts: SHUT.facts };

export function FrequentTile({ stage, procedure }: { stage: Stage; procedure: FrequentProcedure }): JSX.Element | null {
  const { lang } = stage.visit;
  const service = serviceOf(stage.menu, procedure.service);
  if (service === undefined) return null;
  const place: Place = {
    at: "confirm",
    choice: { procedure: procedure.code, service: service.code },
    priority: null,
  };
  return (
    <Tile
      code={procedure.code}
      name={nameIn(lang, procedure.names)}
      second={serviceLine(service, lang, nameIn(lang, service.names))}
      shut={!service.open}
      onChoose={() => stage.step({ do: "open", place: service.open ? place : shutPlace })}
    />
  );
}

/** A field with one line leads straight to it. */
export function FieldTile({ stage, field }: { stage: Stage; field: MenuField }): JSX.Element {
  const { lang } = stage.visit;
  const services = servicesIn(stage.menu, field);
  const only = services.length === 1 ? services[0] : undefined;
  const open = isOpen(stage.menu, field);
  const place: Place =
    only === undefined
      ? { at: "services", field: field.code, page: 0 }
      : { at: "confirm", choice: { service: only.code }, priority: null };
  return (
    <Tile
      code={field.code}
      name={nameIn(lang, field.names)}
      second={fieldLine(field.names, services, open, lang)}
      shut={!open}
      onChoose={() => stage.step({ do: "open", place: open ? place : shutPlace })}
    />
  );
}

export function ServiceTile({ stage, service }: { stage: Stage; service: MenuService }): JSX.Element {
  const { lang } = stage.visit;
  const counters = counterList(service.counters);
  const where = counters === null ? null : texts(lang)("counter.n", { counter: counters });
  const place: Place = { at: "confirm", choice: { service: service.code }, priority: null };
  return (
    <Tile
      code={service.code}
      name={nameIn(lang, service.names)}
      second={serviceLine(service, lang, where)}
      shut={!service.open}
      onChoose={() => stage.step({ do: "open", place: service.open ? place : shutPlace })}
    />
  );
}

function serviceLine(service: MenuService, lang: Lang, more: string | null): string {
  if (!service.open) return kioskTexts(lang)("closed.tile");
  const waiting = waitingWords(service.waiting, lang);
  return more === null ? waiting : `${waiting} · ${more}`;
}

// In another language the signs in the hall still say it in Vietnamese: so the second line does.
function fieldLine(names: Names, services: MenuService[], open: boolean, lang: Lang): string {
  if (!open) return kioskTexts(lang)("closed.tile");
  if (lang !== "vi") return names.vi;
  if (services.length === 1) return waitingWords(services[0]!.waiting, lang);
  return services.map((service) => nameIn(lang, service.names)).join(" · ");
}
