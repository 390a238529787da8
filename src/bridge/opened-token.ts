import type { ApduConnection } from "../apdu/connection.ts";
import type { FeatureReportConnection } from "../core/feature-reports.ts";
import type { NitrokeyModel } from "../nitrokey/report-channel.ts";
import { NitrokeySession } from "../nitrokey/nitrokey-session.ts";
import type { TokenFamily } from "../oath-applet/dialect.ts";
import { OathAppletSession } from "../oath-applet/oath-applet-session.ts";
import { AppletOathSession } from "./applet-session.ts";
import type { OathSession, OathToken, TokenInfo } from "./contract.ts";
import { NitrokeyOathSession } from "./nitrokey-oath-session.ts";

interface OpenOptions {
  readonly signal?: AbortSignal | undefined;
}

/** Everything a token needs besides its protocol. */
export interface TokenParts {
  readonly info: TokenInfo;
  /** Called before the token is opened; what it gives is called after it was closed, whatever happened. */
  readonly own: () => Promise<() => void>;
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
      const letGo = await own();
      try {
        const session = await open(options);
        const close = session.close.bind(session);
        let closing: Promise<void> | undefined;
        session.close = () => (closing ??= close().finally(letGo));
        return session;
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
