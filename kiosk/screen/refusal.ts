// Which refusals pass by themselves.

/** True for answers after which the same request, sent again a little later, may well succeed. */
export function mayPass(status: number): boolean {
  return status === 429 || status >= 500;
}
