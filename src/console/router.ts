/** The pages, by their name in the address: `#/security-credentials`. */
export const ROUTES = {
  "sign-in": { title: "Sign in", needsSession: false },
  home: { title: "Home", needsSession: true },
  "security-credentials": { title: "Security credentials", needsSession: true },
  "token-inventory": { title: "Token inventory", needsSession: true },
  "usb-tokens": { title: "USB tokens", needsSession: true },
  vault: { title: "Vault", needsSession: true },
} as const;

export type RouteName = keyof typeof ROUTES;

/** The page an address asks for; null when there is no such page. */
export function parseHash(hash: string): RouteName | null {
  const name = hash.replace(/^#\/?/u, "");
  return Object.hasOwn(ROUTES, name) ? (name as RouteName) : null;
}

/** The address of a page. */
export function hashOf(route: RouteName): string {
  return `#/${route}`;
}

/** The page to show: what was asked for where the session allows it, else sign-in or home. */
export function resolveRoute(hash: string, isSignedIn: boolean): RouteName {
  const asked = parseHash(hash);
  if (!isSignedIn) return "sign-in";
  return asked === null || !ROUTES[asked].needsSession ? "home" : asked;
}
