/** The texts of the simulated mailbox. */
export const OUTBOX_TEXTS = {
  title: "Simulated outbox",
  lead: "Everything this demo would have sent by e-mail. Nothing leaves the browser.",
  titleOf: (address: string) => `Simulated mailbox of ${address}`,
  empty: "No message yet.",
  to: (address: string) => `To ${address}`,
  verify: "Verify my e-mail address",
};
