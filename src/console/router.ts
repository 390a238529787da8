import type { SignedIn } from "./session.ts";

/** Who may see a page: anybody who signs in, everybody who is in, or administrators. */
type Audience = "nobody" | "users" | "administrators";

/** The pages, by their name in the address: `#/security-credentials`. */
export const ROUTES = {
  "sign-in": { title: "Sign in", audience: "nobody" },
  home: { title: "Home", audience: "users" },
  "security-credentials": { title: "Security credentials", audience: "users" },
  "token-inventory": { title: "Token inventory", audience: "administrators" },
  "usb-tokens": { title: "USB tokens", audience: "users" },
  vault: { title: "Vault", audience: "administrators" },
  outbox: { title: "Simulated outbox", audience: "users" },
} as const satisfies Record<string, { readonly title: string; readonly audience: Audience }>;

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

/** Of these pages those that this person may see, in the same order. */
export function allowedRoutes(routes: readonly RouteName[], signedIn: SignedIn): RouteName[] {
  return routes.filter((route) => isAllowed(route, signedIn));
}

/** The page to show: what was asked for where the session allows it, else sign-in, home, or the only page of a limited session. */
export function resolveRoute(hash: string, signedIn: SignedIn | null): RouteName {
  if (!signedIn) return "sign-in";
  const asked = parseHash(hash);
  if (asked !== null && isAllowed(asked, signedIn)) return asked;
  return signedIn.lostSerialNumber === null ? "home" : "security-credentials";
}

function isAllowed(route: RouteName, { user, lostSerialNumber }: SignedIn): boolean {
  const { audience } = ROUTES[route];
  if (audience === "nobody") return false;
  if (lostSerialNumber !== null) return route === "security-credentials";
  return audience === "users" || user.isAdministrator;
}
