/**
 * The one account of the demo. Its password is a constant anybody can read: it stands where a site's real first factor
 * would, and protects nothing.
 */
export const DEMO_ACCOUNT = {
  name: "Demo account",
  email: "root@example.com",
  password: "demo-only-password",
} as const;

/** True for the account's e-mail, in any case, and its password. */
export function isDemoLogin(email: string, password: string): boolean {
  return email.trim().toLowerCase() === DEMO_ACCOUNT.email && password === DEMO_ACCOUNT.password;
}
