import { beforeEach, describe, expect, it } from "vitest";
import { findDemoUser, ROOT_USER } from "../../../src/console/demo-account.ts";
import { PROOF_LIFE_MS, RecoveryDesk } from "../../../src/console/recovery/recovery-desk.ts";
import { RESEND_WAIT_MS } from "../../../src/console/recovery/send-limit.ts";

const SERIAL = "OBDT10000017";
let nowMs: number;
let desk: RecoveryDesk;

/** A desk as a reload would find it. */
function openDesk(): RecoveryDesk {
  return new RecoveryDesk({
    tab: sessionStorage,
    browser: localStorage,
    now: () => nowMs,
    randomValues: (bytes) => crypto.getRandomValues(bytes),
  });
}

function proveMail(): void {
  expect(desk.followLink(desk.sendMail() ?? "")).toBe(true);
}

beforeEach(() => {
  localStorage.clear();
  sessionStorage.clear();
  nowMs = 1_700_000_000_000;
  desk = openDesk();
  desk.begin(ROOT_USER, SERIAL);
});

describe("recovery desk", () => {
  it("asks for the e-mail, then the phone, each over a reload", () => {
    expect(desk.current).toEqual({ user: ROOT_USER, serialNumber: SERIAL, step: "mail" });
    // Not before the e-mail is proved.
    expect(desk.call()).toBe(false);
    expect(desk.typeDigits("000000")).toBe("ended");
    proveMail();
    desk = openDesk();
    expect(desk.current?.step).toBe("phone");
    expect(desk.call()).toBe(true);
    desk = openDesk();
    expect(desk.callDigits).toMatch(/^\d{6}$/u);
    expect(desk.typeDigits(desk.callDigits ?? "")).toBe("right");
    expect(openDesk().current?.step).toBe("done");
    desk.end();
    expect(openDesk().current).toBeNull();
  });

  it("takes a link once, and only the newest", () => {
    const first = desk.sendMail() ?? "";
    nowMs += RESEND_WAIT_MS;
    const second = desk.sendMail() ?? "";
    expect(desk.followLink(first)).toBe(false);
    expect(desk.followLink("")).toBe(false);
    expect(desk.followLink(second)).toBe(true);
    expect(desk.followLink(second)).toBe(false);
  });

  it("takes no link and no digits after ten minutes, nor before they were sent", () => {
    const link = desk.sendMail() ?? "";
    nowMs += PROOF_LIFE_MS;
    expect(desk.isMailOut).toBe(false);
    expect(desk.followLink(link)).toBe(false);
    proveMail();
    desk.call();
    const digits = desk.callDigits ?? "";
    nowMs -= 1;
    expect(desk.typeDigits(digits)).toBe("ended");
    nowMs += 1 + PROOF_LIFE_MS;
    expect(desk.callDigits).toBeNull();
    expect(desk.typeDigits(digits)).toBe("ended");
  });

  it("sends once a minute and five times an hour, also in another tab", () => {
    for (let sent = 0; sent < 5; sent += 1) {
      expect(desk.sendMail()).not.toBeNull();
      expect(desk.sendMail()).toBeNull();
      expect(desk.mailLimit.waitMs).toBeGreaterThan(0);
      nowMs += RESEND_WAIT_MS;
    }
    sessionStorage.clear();
    desk = openDesk();
    desk.begin(ROOT_USER, SERIAL);
    expect(desk.sendMail()).toBeNull();
    expect(desk.mailLimit.waitMs).toBe(3_600_000 - 5 * RESEND_WAIT_MS);
    nowMs += desk.mailLimit.waitMs;
    // Meanwhile the recovery itself has run out: the password has to be proved anew.
    expect(desk.sendMail()).toBeNull();
    desk.begin(ROOT_USER, SERIAL);
    expect(desk.sendMail()).not.toBeNull();
  });

  it("ends a call after three wrong tries, and its digits with it", () => {
    proveMail();
    desk.call();
    const digits = desk.callDigits ?? "";
    const wrong = digits === "000000" ? "000001" : "000000";
    expect([wrong, wrong, wrong].map((typed) => desk.typeDigits(typed))).toEqual(["wrong", "wrong", "ended"]);
    expect(desk.typeDigits(digits)).toBe("ended");
    expect(desk.current?.step).toBe("phone");
  });

  it("is for the root user only, and for half an hour", () => {
    nowMs += 1_799_999;
    expect(desk.current).not.toBeNull();
    nowMs += 1;
    expect(desk.current).toBeNull();
    expect(desk.sendMail()).toBeNull();
    const ben = findDemoUser("ben");
    if (ben) desk.begin(ben, SERIAL);
    expect(desk.current).toBeNull();
  });

  it.each(["", "{", "[]", '{"userName":"root@example.com","mailProved":true,"callProved":true}'])(
    "begins nothing by %j",
    (stored) => {
      sessionStorage.setItem("oath-console.recovery", stored);
      expect(desk.current).toBeNull();
    },
  );
});
