/** A policy grants devices to a fixed origin, so the port is fixed. */
export const PORT = 4317;

/** The origin that may use the tokens without asking. */
export const GRANTED_ORIGIN = `http://localhost:${PORT}`;

/** The same server under a name without any grant: for the chooser. */
export const OTHER_ORIGIN = `http://127.0.0.1:${PORT}`;

/** The empty test page. It is served by Vite, so that a test may import any module of the sources in it. */
export const PAGE = "/tests/hardware/page/";
