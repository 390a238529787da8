import { type Bytes, wipe } from "../core/bytes.ts";
import type { ReadSeedFileOptions } from "../seeds/report.ts";
import { type ColumnChoice, columnsOption, type TableColumns } from "./import-columns.ts";

/** What a person told about one seed file. It is kept from the preview to the import, which reads the file again. */
export class ImportAnswers {
  #password: string | undefined;
  #key: Bytes | undefined;
  #table: { readonly columns: TableColumns; readonly choice: ColumnChoice } | undefined;
  secretEncoding: "hex" | "base32" | "base64" | undefined;
  acceptShortSerials = false;

  set password(password: string) {
    this.#password = password;
  }

  /** Taken over: wiped by `clear`, or when another one is given. */
  set key(key: Bytes) {
    if (this.#key) wipe(this.#key);
    this.#key = key;
  }

  /** What the table's columns hold; undefined where nobody had to be asked. */
  get table(): { readonly columns: TableColumns; readonly choice: ColumnChoice } | undefined {
    return this.#table;
  }

  chooseColumns(columns: TableColumns, choice: ColumnChoice): void {
    this.#table = { columns, choice };
  }

  /** As the reader takes them. The key in it stays ours. */
  get options(): ReadSeedFileOptions {
    const table = this.#table;
    return {
      ...(this.#password !== undefined && { password: this.#password }),
      ...(this.#key && { key: this.#key }),
      ...(this.secretEncoding && { secretEncoding: this.secretEncoding }),
      ...(this.acceptShortSerials && { acceptShortSerials: true }),
      ...(table && { columns: columnsOption(table.choice, table.columns) }),
    };
  }

  /** Forgets all of it, the key's bytes first. */
  clear(): void {
    if (this.#key) wipe(this.#key);
    this.#key = this.#password = this.#table = this.secretEncoding = undefined;
    this.acceptShortSerials = false;
  }
}
