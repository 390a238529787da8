import type { ApduConnection } from "../apdu/connection.ts";
import { TokenInOtherTabError } from "../core/bridge-error.ts";
import type { FeatureReportConnection } from "../core/feature-reports.ts";
import type { NitrokeyModel } from "../nitrokey/report-channel.ts";
import { NitrokeySession } from "../nitrokey/nitrokey-session.ts";
import type { TokenFamily } from "../oath-applet/dialect.ts";
import { OathAppletSession } from "../oath-applet/oath-applet-session.ts";
import { AppletOathSession } from "./applet-session.ts";
import type { OathSession, OathToken, OpenTokenOptions as OpenOptions, TokenInfo } from "./contract.ts";
import type { OwnOptions } from "./one-owner.ts";
import { NitrokeyOathSession } from "./nitrokey-oath-session.ts";

/** Everything a token needs besides its protocol. */
export interface TokenParts {
  readonly info: TokenInfo;
  /** Called before the token is opened; what it gives is called after it was closed, whatever happened. */
  readonly own: (options: OwnOptions) => Promise<() => void>;
  readonly forget: () => Promise<void>;
}

/** A token whose OATH applet is reached through APDUs: CanoKey, Pico, smart cards, virtual ones. */
export function appletToken(
  parts: TokenParts,
  connect: (options: OpenOptions) => Promise<ApduConnection>,
  hint?: TokenFamily,
): OathToken {
  return token(parts, async (options) => {
    const connection = await connect(options);
    try {
      const session = await OathAppletSession.open(connection, { randomBytes, hint, signal: options.signal });
      return new AppletOathSession(parts.info, session);
    } catch (error) {
      await connection.close();
      throw error;
    }
  });
}

/** A token of the Nitrokey Pro's kind, reached through feature reports. */
export function nitrokeyToken(
  parts: TokenParts,
  model: NitrokeyModel,
  connect: (options: OpenOptions) => Promise<FeatureReportConnection>,
): OathToken {
  return token(parts, async (options) => {
    const session = await NitrokeySession.open(await connect(options), { model, signal: options.signal });
    return new NitrokeyOathSession(parts.info, session);
  });
}

function token(
  { info, own, forget }: TokenParts,
  open: (options: OpenOptions) => Promise<OathSession>,
): OathToken {
  return {
    info,
    forget,
    async open(options = {}) {
      let session: OathSession | undefined;
      let isLost = false;
      const onLost = () => {
        isLost = true;
        options.onTakenOver?.(new TokenInOtherTabError());
        // Closed here as well: whoever opened it may not listen.
        void session?.close().catch(() => undefined);
      };
      const letGo = await own({ takeOver: options.takeOver, onLost });
      try {
        session = await open(options);
        const close = session.close.bind(session);
        let closing: Promise<void> | undefined;
        session.close = () => (closing ??= close().finally(letGo));
        if (!isLost) return session;
        await session.close();
        throw new TokenInOtherTabError();
      } catch (error) {
        letGo();
        throw error;
      }
    },
  };
}

function randomBytes(length: number): Uint8Array<ArrayBuffer> {
  return crypto.getRandomValues(new Uint8Array(length));
}
