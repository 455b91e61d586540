// What the address of this display asks for: /display?sound=off&ground=light&lang=en.
import type { Lang } from "../../server/screens/shared/wire.ts";

export interface Wishes {
  /** Off where several displays hang in one hall: one voice is enough. */
  sound: boolean;
  ground: "dark" | "light";
  lang: Lang;
}

/** Dark, Vietnamese and speaking, unless told; a word that nobody knows changes nothing. */
export function readWishes(search: string): Wishes {
  const asked = new URLSearchParams(search);
  return {
    sound: asked.get("sound") !== "off",
    ground: asked.get("ground") === "light" ? "light" : "dark",
    lang: asked.get("lang") === "en" ? "en" : "vi",
  };
}
