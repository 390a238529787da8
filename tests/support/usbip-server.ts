import { once } from "node:events";
import { createServer, type AddressInfo, type Server, type Socket } from "node:net";
import type { VirtualUsbDevice } from "../../src/virtual/usb/device.ts";
import { UsbIpConnection } from "./usbip/connection.ts";
import { FaultPlan } from "./usbip/faults.ts";

/** USB/IP has no authentication: the server listens on loopback only. */
const LOOPBACK = "127.0.0.1";

/** Exports one virtual USB device over USB/IP, as a USB/IP client (or the test bed) imports it. */
export class UsbIpServer {
  readonly device: VirtualUsbDevice;
  readonly busId: string;
  /** What shall go wrong next. */
  readonly faults = new FaultPlan();
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  private constructor(device: VirtualUsbDevice, busId: string) {
    this.device = device;
    this.busId = busId;
    this.#server = createServer({ noDelay: true }, (socket) => this.#accept(socket));
  }

  /** Starts to listen; port 0 takes a free one. */
  static async start(
    device: VirtualUsbDevice,
    { port = 0, busId = "1-1" }: { readonly port?: number; readonly busId?: string } = {},
  ): Promise<UsbIpServer> {
    const server = new UsbIpServer(device, busId);
    server.#server.listen(port, LOOPBACK);
    await once(server.#server, "listening");
    return server;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** True while a host has the device imported. */
  get isImported(): boolean {
    return this.#sockets.size > 0;
  }

  /** Pulls the plug: hosts lose the device, and the device its power. It may be imported again. */
  unplug(): void {
    for (const socket of this.#sockets) socket.destroy();
    this.device.powerOff();
  }

  async close(): Promise<void> {
    const closed = once(this.#server, "close");
    this.#server.close();
    this.unplug();
    await closed;
  }

  #accept(socket: Socket): void {
    this.#sockets.add(socket);
    // A host that goes away in mid-exchange is an unplug, not an error of the server.
    socket.on("error", () => socket.destroy());
    socket.once("close", () => this.#sockets.delete(socket));
    const connection = new UsbIpConnection(socket, this.device, this.busId, this.faults, () => this.unplug());
    void connection.serve().finally(() => socket.destroy());
  }
}
