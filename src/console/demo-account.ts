/**
 * The one account of the demo. Its password is a constant anybody can read: it stands where a site's real first factor
 * would, and protects nothing.
 */
export const DEMO_ACCOUNT = {
  name: "Demo account",
  /** Twelve digits, as it is printed; the hyphens need not be typed. */
  id: "1234-5678-9012",
  alias: "example",
  email: "root@example.com",
  /** The primary contact's telephone, of the numbers kept for stories (NANP 555-0100 to 555-0199). */
  phone: "+1 202 555 0147",
  password: "demo-only-password",
} as const;

/** Somebody who can sign in to the demo account. */
export interface DemoUser {
  /** The name by which the MFA service knows the user. */
  readonly userName: string;
  readonly kind: "root" | "iam";
  /** May see the other users and help them. The root user may. */
  readonly isAdministrator: boolean;
  readonly email: string;
  /** The sample token that the demo assigns to the user on its first run. */
  readonly token?: { readonly serialNumber: string; readonly deviceName: string };
}

/** The root user. */
export const ROOT_USER: DemoUser = {
  userName: DEMO_ACCOUNT.email,
  kind: "root",
  isAdministrator: true,
  email: DEMO_ACCOUNT.email,
};

/** Everybody: the root user, an administrator, a user with a token, and one without. */
export const DEMO_USERS: readonly DemoUser[] = [
  ROOT_USER,
  {
    userName: "ana",
    kind: "iam",
    isAdministrator: true,
    email: "ana@example.com",
    token: { serialNumber: "OBDT10000105", deviceName: "anas-fob" },
  },
  {
    userName: "ben",
    kind: "iam",
    isAdministrator: false,
    email: "ben@example.com",
    token: { serialNumber: "OBDT10000112", deviceName: "bens-fob" },
  },
  { userName: "cleo", kind: "iam", isAdministrator: false, email: "cleo@example.com" },
];

/** The user of that name, in any case; null when there is none. */
export function findDemoUser(userName: string): DemoUser | null {
  const name = userName.trim().toLowerCase();
  return DEMO_USERS.find((user) => user.userName === name) ?? null;
}

/** The root user, where this is the account's e-mail address, in any case, and its password. */
export function rootLogin(email: string, password: string): DemoUser | null {
  const isRight = email.trim().toLowerCase() === DEMO_ACCOUNT.email && password === DEMO_ACCOUNT.password;
  return isRight ? ROOT_USER : null;
}

/** The IAM user, where account, name and password belong together. Which of them does not is for nobody to know. */
export function iamLogin(account: string, userName: string, password: string): DemoUser | null {
  const user = findDemoUser(userName);
  const isRight = isDemoAccount(account) && user?.kind === "iam" && password === DEMO_ACCOUNT.password;
  return isRight ? user : null;
}

/** True for the account's number, with or without hyphens, and for its alias. */
function isDemoAccount(account: string): boolean {
  const typed = account.trim().toLowerCase();
  return (
    typed === DEMO_ACCOUNT.alias || typed.replaceAll(/[\s-]/gu, "") === DEMO_ACCOUNT.id.replaceAll("-", "")
  );
}
