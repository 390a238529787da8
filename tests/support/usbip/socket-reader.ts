import type { Socket } from "node:net";

/** Reads exact numbers of bytes from a socket. */
export class SocketReader {
  readonly #chunks: AsyncIterator<Buffer>;
  #buffer: Buffer = Buffer.alloc(0);

  constructor(socket: Socket) {
    this.#chunks = (socket as AsyncIterable<Buffer>)[Symbol.asyncIterator]();
  }

  /** The next `length` bytes, or null when the socket has ended before. */
  async read(length: number): Promise<Buffer | null> {
    while (this.#buffer.length < length) {
      const next = await this.#chunks.next();
      if (next.done === true) return null;
      this.#buffer = Buffer.concat([this.#buffer, next.value]);
    }
    const taken = this.#buffer.subarray(0, length);
    this.#buffer = this.#buffer.subarray(length);
    return taken;
  }
}
