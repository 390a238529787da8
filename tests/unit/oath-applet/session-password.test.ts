import { describe, expect, it } from "vitest";
import { deriveAccessKeyBytes, importAccessKey, proveKey } from "../../../src/oath-applet/access-key.ts";
import { formatHex, parseHex } from "../../../src/core/text-forms.ts";
import { SELECTED } from "./dialects.ts";
import { credential, openScripted, openTranscript } from "./sessions.ts";

const SELECT = "> 00a40400 07 a0000005272101 00";
const SALT = "d218917409e23264";
const PASSWORD = "correct horse";
const OPEN = `${SELECT}\n< 7903060000 7108${SALT} 9000`;
const locked = (challenge: string) => `${SELECT}\n< 7903060000 7108${SALT} 7408${challenge} 7b0101 9000`;

/** VALIDATE as the recordings have it, for the three challenges they have. */
const VALIDATE = {
  d403f5ab239d1af7: "cf39f469ed16fe6741b7f80c44cf39d94f171123",
  ba92efe6d18239bf: "4d8b40d05cb4348359b1965b61bb69267fb4b49b",
  "0cec8a55fbb7b5fb": "5f4e5f2df69ac99058634e9f903b175018090c27",
} as const;
const OUR_PROOF = "a184d5248f9dfbeb1ad22eabecb33325aaf52b59";
const validate = (challenge: keyof typeof VALIDATE, answer = `7514${OUR_PROOF} 9000`) =>
  `${locked(challenge)}\n> 00a30000 20 7514${VALIDATE[challenge]} 7408 0102030405060708 00\n< ${answer}`;
const LIST = "> 00a10000000000\n< 7209216c6f636b65643a61 9000";

describe("unlock", () => {
  it("proves the password, checks the token's proof, and unlocks again before each operation", async () => {
    const { token, session } = await openTranscript(
      [locked("ba92efe6d18239bf"), validate("d403f5ab239d1af7"), validate("0cec8a55fbb7b5fb"), LIST].join(
        "\n",
      ),
    );
    expect(session.locked).toBe(true);
    await session.unlock(PASSWORD);
    expect(session.locked).toBe(false);
    expect((await session.list()).map(({ id }) => id)).toEqual(["locked:a"]);
    token.assertFinished();
  });

  it.each(["6a80", "6984", "6982", "6300"])("takes %s for a wrong password", async (answer) => {
    const { session } = await openTranscript(
      `${locked("ba92efe6d18239bf")}\n${validate("d403f5ab239d1af7", answer)}`,
    );
    await expect(session.unlock(PASSWORD)).rejects.toMatchObject({ code: "wrong-password" });
    expect(session.locked).toBe(true);
  });

  it.each([
    ["a wrong proof", `7514${OUR_PROOF.replace("a1", "a0")} 9000`, "malformed-answer"],
    ["half a proof", `750a${OUR_PROOF.slice(0, 20)} 9000`, "malformed-answer"],
    ["an empty proof", "7500 9000", "malformed-answer"],
    ["no proof", "9000", "malformed-answer"],
    ["another refusal", "6700", "status-word"],
  ])("does not trust a token with %s", async (_name, answer, code) => {
    const { session } = await openTranscript(
      `${locked("ba92efe6d18239bf")}\n${validate("d403f5ab239d1af7", answer)}`,
    );
    await expect(session.unlock(PASSWORD)).rejects.toMatchObject({ code });
    expect(session.locked).toBe(true);
  });

  it("is harmless where nothing is locked", async () => {
    const { token, session } = await openTranscript(`${OPEN}\n${OPEN}`);
    await session.unlock(PASSWORD);
    token.assertFinished();
  });

  it("says nothing of the password in its errors", async () => {
    const { session } = await openTranscript(
      `${locked("ba92efe6d18239bf")}\n${validate("d403f5ab239d1af7", "6a80")}`,
    );
    const error: unknown = await session.unlock(PASSWORD).catch((reason: unknown) => reason);
    expect(JSON.stringify([String(error), String((error as Error).cause)])).not.toContain("horse");
  });
});

describe("a locked token", () => {
  it("is sent nothing but SELECT", async () => {
    const { token, session } = await openTranscript(
      [locked("ba92efe6d18239bf"), ...Array.from({ length: 6 }, () => locked("d403f5ab239d1af7"))].join("\n"),
    );
    const fresh = {
      issuer: "",
      account: "a",
      type: "totp",
      algorithm: "SHA1",
      digits: 6,
      periodSeconds: 30,
    } as const;
    const attempts = [
      async () => session.list(),
      async () => session.calculateAll(59),
      async () => session.code(credential("a"), { movingFactor: 1 }),
      async () => session.put(fresh, Uint8Array.of(1)),
      async () => session.delete(credential("a")),
      async () => session.setPassword("new"),
    ];
    for (const attempt of attempts) await expect(attempt()).rejects.toMatchObject({ code: "locked" });
    token.assertFinished();
  });

  it("is locked again when another program changed the password", async () => {
    const { token, session } = await openTranscript(
      [
        locked("ba92efe6d18239bf"),
        validate("d403f5ab239d1af7"),
        validate("0cec8a55fbb7b5fb", "6a80"),
        validate("ba92efe6d18239bf"),
      ].join("\n"),
    );
    await session.unlock(PASSWORD);
    await expect(session.list()).rejects.toMatchObject({ code: "locked" });
    expect(session.locked).toBe(true);
    await session.unlock(PASSWORD);
    expect(session.locked).toBe(false);
    token.assertFinished();
  });
});

describe("a token that fails while it is unlocked again", () => {
  it("is not taken for one with another password", async () => {
    const { session } = await openTranscript(
      [
        locked("ba92efe6d18239bf"),
        validate("d403f5ab239d1af7"),
        validate("0cec8a55fbb7b5fb", "6700"),
        validate("ba92efe6d18239bf"),
        LIST,
      ].join("\n"),
    );
    await session.unlock(PASSWORD);
    await expect(session.list()).rejects.toMatchObject({ code: "status-word", sw: 0x6700 });
    expect(await session.list()).toHaveLength(1);
  });
});

describe("setPassword", () => {
  const SET_CODE = `> 00030000 33 7311 21 42fafecb9dc18cd8d4cb6ea15c7876b2 7408 0102030405060708 7514 ${OUR_PROOF}`;

  it("sets it as recorded, and unlocks a CanoKey that locks at once", async () => {
    const { token, session } = await openTranscript(
      [OPEN, OPEN, `${SET_CODE}\n< 9000`, validate("d403f5ab239d1af7"), LIST].join("\n"),
    );
    await session.setPassword(PASSWORD);
    expect(await session.list()).toHaveLength(1);
    expect(session.locked).toBe(false);
    token.assertFinished();
  });

  it("stays without a password when it is refused", async () => {
    const { session } = await openTranscript([OPEN, OPEN, `${SET_CODE}\n< 6984`, OPEN, LIST].join("\n"));
    await expect(session.setPassword(PASSWORD)).rejects.toMatchObject({ code: "status-word", sw: 0x6984 });
    expect(await session.list()).toHaveLength(1);
  });

  it("clears it as recorded", async () => {
    const { token, session } = await openTranscript(
      [
        locked("ba92efe6d18239bf"),
        validate("d403f5ab239d1af7"),
        validate("0cec8a55fbb7b5fb"),
        "> 00030000 02 7300\n< 9000",
        OPEN,
        LIST,
      ].join("\n"),
    );
    await session.unlock(PASSWORD);
    await session.setPassword(null);
    expect(await session.list()).toHaveLength(1);
    token.assertFinished();
  });

  it("wipes the key it sent", async () => {
    const { token, session } = await openTranscript([OPEN, OPEN, `${SET_CODE}\n< 9000`].join("\n"));
    const sent: Uint8Array[] = [];
    const transmit = token.transmit.bind(token);
    token.transmit = async (command, options) => {
      const answer = await transmit(command, options);
      sent.push(command);
      return answer;
    };
    await session.setPassword(PASSWORD);
    expect(sent.at(-1)).toEqual(new Uint8Array(56));
  });

  it("refuses an empty password, and tokens without passwords", async () => {
    const { session } = await openScripted("canokey6", "");
    await expect(session.setPassword("")).rejects.toThrow(RangeError);
    for (const name of ["legacy", "trussed"] as const) {
      const other = await openScripted(name, "");
      await expect(other.session.setPassword("new")).rejects.toMatchObject({ sw: 0x6d00 });
      await expect(other.session.setPassword(null)).rejects.toMatchObject({ sw: 0x6d00 });
    }
  });
});

describe("reset", () => {
  it("erases a locked token too, and goes on with what it is then", async () => {
    const { token, session } = await openTranscript(
      [
        `${SELECT}\n< 7903050403 7108${SALT} 7408d403f5ab239d1af7 7b0101 9000`,
        `${SELECT}\n< 7903050403 7108${SALT} 7408ba92efe6d18239bf 7b0101 9000`,
        "> 0004dead\n< 9000",
        `${SELECT}\n< ${SELECTED.yubikey}`,
        `${SELECT}\n< ${SELECTED.yubikey}`,
        "> 00a1000000\n< 9000",
      ].join("\n"),
    );
    await session.reset();
    expect(session.locked).toBe(false);
    expect(await session.list()).toEqual([]);
    token.assertFinished();
  });

  it.each(["canokey6", "canokey5", "legacy"] as const)(
    "is not sent to %s, which does not have it",
    async (name) => {
      const { session } = await openScripted(name, "");
      await expect(session.reset()).rejects.toMatchObject({ code: "status-word", sw: 0x6d00 });
    },
  );
});

describe("the proofs of this file", () => {
  it("are those of the password", async () => {
    const key = await importAccessKey(await deriveAccessKeyBytes(PASSWORD, parseHex(SALT)));
    for (const [challenge, proof] of Object.entries(VALIDATE)) {
      expect(formatHex(await proveKey(key, parseHex(challenge)))).toBe(proof);
    }
  });
});
