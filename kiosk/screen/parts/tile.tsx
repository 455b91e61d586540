// One thing to choose: large, with what it leads to in a second line.
import type { JSX } from "preact";
import { Icon } from "../../../server/screens/shared/icons.tsx";

export interface TileProps {
  name: string;
  second?: string | undefined;
  /** Gives out no numbers now; a touch still tells why. */
  shut?: boolean;
  /** Leads to more choices, not to a number. */
  door?: boolean;
  /** Stands alone in its row. */
  wide?: boolean;
  code: string;
  onChoose: () => void;
}

export function Tile({ name, second, shut = false, door = false, wide = false, code, onChoose }: TileProps): JSX.Element {
  const looks = ["tile", shut ? "tile--shut" : "", door ? "tile--door" : ""];
  return (
    <li class={wide ? "tiles__item tiles__item--wide" : "tiles__item"}>
      <button type="button" class={looks.filter(Boolean).join(" ")} data-code={code} onClick={onChoose}>
        <span class="tile__words">
          <span class="tile__name">{name}</span>
          {second !== undefined && second !== "" && <span class="tile__second">{second}</span>}
        </span>
        <Icon name="arrow" class="tile__arrow" />
      </button>
    </li>
  );
}
