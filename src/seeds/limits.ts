/** How a format is written; each has its own size limit. `text`: CSV and other formats of lines. */
export type Syntax = "xml" | "text";

/** What a seed file may cost. Everything beyond is refused before or while it is read, never after. */
export const LIMITS = {
  /** Bytes of a whole file. Text is read slice by slice, and so costs no memory but that of its seeds. */
  fileBytes: { xml: 200_000_000, text: 200_000_000, image: 20_000_000 },
  /** Bytes looked at before the size is judged: enough for a signature and the first tag. */
  headBytes: 1024,
  /** Bytes of a file that are in memory as text at once. */
  sliceBytes: 524_288,
  /** A picture's pixels: what a phone's camera takes, and what is looked at; a QR code needs no more. */
  picture: { pixels: 64_000_000, side: 2000 },
  /** Rows (CSV) or keys (XML), and what a caller may raise that to. */
  rows: 1_000_000,
  mostRows: 10_000_000,
  /** What a caller may raise the size of a file to. */
  mostFileBytes: 2_147_483_647,
  /** CSV: two lines a row and some more; broken line ends put a blank line after each row, and nothing needs more. */
  lines: 2_500_000,
  /** CSV: the reader gives up on a quotation mark that is not closed after so many lines or characters. */
  linesPerRow: 8,
  charactersPerRow: 8192,
  columns: 64,
  characters: { serialNumber: 256, columnName: 256, secret: 1024 },
  /** Names of manufacturers and models that are kept once for all rows. */
  recurringLabels: 1000,
  /** Graphemes are what people see; one of them may be many characters. */
  label: { graphemes: 64, characters: 256 },
  /**
   * XML: `elements` bounds one child of the root, a token with all that belongs to it; `markup` what the parser may hold in
   * memory before it gives something, such as a comment or the blanks between two elements.
   */
  xml: { depth: 32, attributes: 64, characters: 65_536, elements: 4096, markup: 1_000_000 },
  /** Rounds of PBKDF2, unless told otherwise; OWASP asks for 1 300 000 (HMAC-SHA-1), and the most that WebCrypto takes. */
  pbkdf2: { iterations: 5_000_000, mostIterations: 2_147_483_647, saltBytes: 1024 },
  /** HMAC takes any length; beyond this it is not a token's secret. */
  secretBytes: 256,
  /** A year: tokens show a code for a minute at most, but PSKC files in the field name periods of days. */
  periodSeconds: 31_536_000,
  /** xs:int, the type of a drift in most readers. */
  driftSteps: 2_147_483_647,
} as const;

/** What RFC 6030 and RFC 4226 let a file leave out, and what everybody then assumes. */
export const DEFAULTS = { periodSeconds: 30, digits: 6, algorithm: "SHA1" } as const;
