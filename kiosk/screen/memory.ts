// The last menu this kiosk has seen, so that it has something to show before the server has answered.
import type { Menu } from "../../server/screens/shared/wire.ts";

const PLACE = "denluot.kiosk.menu";

export function rememberMenu(menu: Menu): void {
  try {
    localStorage.setItem(PLACE, JSON.stringify(menu));
  } catch {
    // Storage is switched off or full: the next start waits for the server.
  }
}

/** The remembered menu; of another site than the one asked for, none. Any site when none is known yet. */
export function rememberedMenu(site: string | null): Menu | null {
  try {
    return parseMenu(localStorage.getItem(PLACE), site);
  } catch {
    return null;
  }
}

export function parseMenu(text: string | null, site: string | null): Menu | null {
  if (text === null) return null;
  try {
    const menu = JSON.parse(text) as Partial<Menu>;
    const whole =
      menu.site !== undefined &&
      [menu.fields, menu.services, menu.frequent, menu.priority_classes, menu.site.languages].every(Array.isArray);
    return whole && (site === null || menu.site?.code === site) ? (menu as Menu) : null;
  } catch {
    return null; // written by another version, or cut off
  }
}
