// Which page of the guide the address names: #/lines, #/procedure/1.001193/take …

/** What a number can be taken for. */
export interface Subject {
  kind: "procedure" | "service";
  code: string;
}

export type Route =
  | { page: "find" | "done" | "lines" | "me" }
  | { page: "subject" | "take"; subject: Subject }
  | { page: "look"; number: string | null };

export type Place = "find" | "lines" | "look" | "me";

/** The route of an address; what no page answers to leads to the search. */
export function routeOf(hash: string): Route {
  const [page = "", second = "", third = ""] = hash.replace(/^#\/?/, "").split("/").map(decode);
  if (page === "lines" || page === "me" || page === "done") return { page };
  if (page === "look") return { page, number: second === "" ? null : second };
  if ((page === "procedure" || page === "service") && second !== "") {
    return { page: third === "take" ? "take" : "subject", subject: { kind: page, code: second } };
  }
  return { page: "find" };
}

/** The address of a route. */
export function addressOf(route: Route): string {
  if (route.page === "look") return route.number === null ? "#/look" : `#/look/${encodeURIComponent(route.number)}`;
  if (route.page === "subject" || route.page === "take") {
    const { kind, code } = route.subject;
    return `#/${kind}/${encodeURIComponent(code)}${route.page === "take" ? "/take" : ""}`;
  }
  return `#/${route.page}`;
}

/** The place in the bar below to which a route belongs. */
export function placeOf(route: Route): Place {
  switch (route.page) {
    case "lines":
    case "look":
    case "me":
      return route.page;
    default:
      return "find";
  }
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return ""; // An address that somebody has cut in the middle of a letter.
  }
}
