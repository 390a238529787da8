#!/usr/bin/python3
"""A bed for programs, a browser say, that shall see USB devices which really live behind USB/IP servers on this machine.

    /usr/bin/python3 umockdev_bed.py [--log FILE]

No kernel support is needed: umockdev (Debian: umockdev, gir1.2-umockdev-1.0) fakes /sys, /dev and the udev events of a
program, and this script turns its usbfs and hidraw system calls into USB/IP messages.  It mocks the device, its
interfaces and a hidraw node for each HID interface.  All it knows about a device it reads from the device.

It speaks lines on its standard input and output.  First it prints the environment of the programs to be run in the bed, as
JSON.  Then each command is answered by `ok` or `error REASON`:
    plug PORT BUSID [BUSY]      plug the device BUSID (1-1, 1-2 ...) that the server at PORT exports; BUSY: the interfaces,
                                as 0,3, that another driver holds (to claim them fails with EBUSY, as with a kernel driver)
    unplug BUSID
A server that dies is an unplug, too.  The bed ends with its standard input.
"""
import argparse, errno, fcntl, itertools, json, os, shutil, signal, struct, sys, threading, time
import gi
gi.require_version('UMockdev', '1.0')
from gi.repository import GLib, UMockdev
from usbip import UsbIp

BUS = '/devices/pci0000:00/0000:00:14.0/usb1/'         # where devices sit in the fake /sys
PRELOAD = 'libumockdev-preload.so.0'


class Node(UMockdev.IoctlBase):
    """A device node; each client, i.e. open file descriptor, has a queue of results (ended URBs, input reports).

    The node is a FIFO whose fill level makes poll() say what it says of the real node: usbfs is writable if there is a
    URB to reap (else the FIFO is kept full), hidraw is readable if there is a report.  So clients need not spin."""
    full_when_ready = False

    def __init__(self, mock, path):
        super().__init__()
        self.mock, self.bus, self.results, self.lock = mock, mock.bus, {}, threading.RLock()
        os.unlink(fifo := mock.tb.get_root_dir() + path)
        os.mkfifo(fifo)
        self.fd, self.full = os.open(fifo, os.O_RDWR | os.O_NONBLOCK), False
        fcntl.fcntl(self.fd, fcntl.F_SETPIPE_SZ, 4096)
        self.signal()

    def signal(self):
        with self.lock:
            full = self.full_when_ready == (any(self.results.values()) or self.bus.gone)
            if full != self.full:
                os.write(self.fd, bytes(4096)) if full else os.read(self.fd, 4096)
                self.full = full

    def deliver(self, client, result):
        if client in self.results:
            self.results[client].append(result)
        self.signal()

    def take(self, client):
        if not self.results[client]:
            raise OSError(errno.ENODEV if self.bus.gone else errno.EAGAIN, '')
        result = self.results[client].pop(0)
        self.signal()
        return result

    def do_client_connected(self, client):
        self.results[client] = []

    def forget_closed(self):
        """Forget clients that closed the node; umockdev 0.17 declares a signal client-vanished, but never sends it."""
        closed = [client for client in self.results if not client.get_connected()]
        self.results = {client: queue for client, queue in self.results.items() if client not in closed}
        return closed

    def do_handle_ioctl(self, client, handler=None):
        nr, _ = client.get_request() & 0xff, self.forget_closed()
        handler = handler or self.ioctls.get(nr)
        try:
            if not handler or self.bus.gone and nr != 13:
                raise OSError(errno.ENODEV if self.bus.gone else errno.ENOTTY, '')
            result = handler(self, client, client.get_arg()) or 0, 0
        except OSError as e:
            result = -1, e.errno
        self.mock.note(f'{handler and handler.__name__ or nr} {errno.errorcode[result[1]] if result[1] else "ok"}')
        client.complete(*result)
        return True


class UsbNode(Node):
    """/dev/bus/usb/BBB/DDD, see linux/usbdevice_fs.h"""

    def __init__(self, *args):
        super().__init__(*args)
        self.pending, self.claims = {}, {}

    def forget_closed(self):
        closed = super().forget_closed()
        for (owner, _), seq in list(self.pending.items()):
            if owner in closed and not self.bus.gone:
                self.bus.unlink(seq)
        self.claims = {number: owner for number, owner in self.claims.items() if owner not in closed}

    def submit(self, client, arg):
        address, urb = word(arg, '<Q'), arg.resolve(0, 56)
        kind, ep, flags, length = struct.unpack('<BB6xI12xi', bytes(urb.retrieve())[:28])
        buf = urb.resolve(16, length) if length else None
        data, setup, start = bytes(buf.retrieve()) if buf else b'', bytes(8), time.monotonic()
        if kind == 0:
            raise OSError(errno.EINVAL, 'no isochronous transfers')
        if kind == 2:                                   # control: the buffer begins with the setup packet
            ep, setup, data = 0, data[:8], data[8:]

        def done(status, answer, actual):
            with self.lock:
                self.pending.pop((client, address), None)
            self.mock.note(f'urb {ep:02x} {setup.hex() if kind == 2 else ""} {data.hex() if answer is None else "in"} -> '
                           f'{status} {(answer or b"").hex()} {1000 * (time.monotonic() - start):.1f} ms')
            self.deliver(client, (urb, buf, 8 if kind == 2 else 0, status, answer, actual))
        with self.lock:
            self.pending[client, address] = self.bus.submit(ep, done, setup, data, len(data), flags & 0x41)

    def discard(self, client, arg):
        if (seq := self.pending.get((client, word(arg, '<Q')))) is None:
            raise OSError(errno.EINVAL, '')
        self.bus.unlink(seq)

    def reap(self, client, arg):
        urb, buf, offset, status, answer, actual = self.take(client)
        if answer:
            buf.update(offset, answer)
        urb.update(4, struct.pack('<i', status))
        urb.update(28, struct.pack('<i', actual))
        arg.resolve(0, 8).set_ptr(0, urb)

    def claim(self, client, arg):
        if (number := word(arg.resolve(0, 4))) not in self.mock.usb.interfaces:
            raise OSError(errno.ENOENT, '')
        if number in self.mock.busy or self.claims.setdefault(number, client) is not client:
            raise OSError(errno.EBUSY, '')

    def reset(self, client, arg):
        self.bus.control(0x23, 3, 4, 0)                 # the hub's PORT_RESET, as usbip's own stub driver accepts it
        self.bus.control(0x00, 9, self.mock.usb.configuration, 0)

    ioctls = {10: submit, 11: discard, 13: reap, 15: claim, 20: reset,
              4: lambda node, _, arg: node.bus.control(1, 11, *word(arg.resolve(0, 8), '<II')[::-1]),            # SETINTERFACE
              5: lambda node, _, arg: node.bus.control(0, 9, word(arg.resolve(0, 4)), 0),               # SETCONFIGURATION
              16: lambda node, _, arg: node.claims.pop(word(arg.resolve(0, 4)), None) and None,         # RELEASEINTERFACE
              21: lambda node, _, arg: node.bus.control(2, 1, 0, word(arg.resolve(0, 4))),              # CLEAR_HALT
              26: lambda node, _, arg: arg.resolve(0, 4).update(0, struct.pack('<I', 0x15))}            # GET_CAPABILITIES


class HidNode(Node):
    """/dev/hidrawN, see linux/hidraw.h: whole reports; a leading 0 means 'no report ID' and is not sent."""
    full_when_ready = True

    def __init__(self, mock, path, number, itf):
        super().__init__(mock, path)
        self.number, self.itf, self.skip, self.polling = number, itf, 0 if itf.has_report_ids else 1, False

    def do_client_connected(self, client):
        super().do_client_connected(client)
        if not self.polling and not self.bus.gone:
            self.poll()

    def poll(self, status=0, report=None, _=0):
        self.forget_closed()
        for client in list(self.results) if report else ():
            self.deliver(client, report)
        self.polling = status == 0 and bool(self.results)
        if self.polling:
            self.bus.submit(self.itf.ep_in, self.poll, length=self.itf.packet_size)

    def read(self, client, arg):
        arg.update(0, report := self.take(client))
        return len(report)

    def write(self, client, arg):
        report = bytes(arg.retrieve())
        data = report[self.skip:]
        setup = struct.pack('<BBHHH', 0x21, 9, 0x200 | report[0], self.number, len(data))   # used if no OUT endpoint
        self.bus.submit(self.itf.ep_out, lambda *result: self.mock.note(f'hid out {result}'), setup, data)
        return len(report)

    do_handle_read = lambda self, client: self.do_handle_ioctl(client, HidNode.read)
    do_handle_write = lambda self, client: self.do_handle_ioctl(client, HidNode.write)

    def set_feature(self, client, arg):
        report = bytes(arg.resolve(0, client.get_request() >> 16 & 0x3fff).retrieve())
        self.bus.control(0x21, 9, 0x300 | report[0], self.number, report[self.skip:])
        return len(report)

    def get_feature(self, client, arg):
        buf = arg.resolve(0, size := client.get_request() >> 16 & 0x3fff)
        data = self.bus.control(0xa1, 1, 0x300 | bytes(buf.retrieve())[0], self.number, size - self.skip)
        buf.update(self.skip, data)
        return len(data) + self.skip
    ioctls = {6: set_feature, 7: get_feature}


def word(data, form='<I'):
    values = struct.unpack(form, bytes(data.retrieve()))
    return values[0] if len(values) == 1 else values


def block(**values):
    """A device as umockdev writes it: E lines for upper-case names (udev properties), else A and H (sysfs attributes)."""
    lines = [f'N: {values["DEVNAME"][5:]}\n' if 'DEVNAME' in values else '']
    for key, value in values.items():
        if isinstance(value, bytes):
            lines.append(f'H: {key}={value.hex().upper()}\n')
        elif value != '':
            lines.append(f'E: {key}={value}\n' if key.isupper() else f'A: {key}={value}\\n\n')
    return ''.join(lines)


class Mock:
    """One fake device: describes it to umockdev, plugs and unplugs it."""
    devnums = itertools.count(2)                        # a new number for each plug, as the kernel does

    def __init__(self, tb, log, port, busid, busy):
        self.tb, self.log, self.sys, self.busy = tb, log, BUS + busid, {int(number) for number in busy.split(',') if number}
        self.bus, self.plugged = UsbIp('127.0.0.1', port, busid), False
        self.add(busid)

    def note(self, text):
        print(f'{time.monotonic():.4f} {text}', file=self.log)

    def uevent(self, path, action):
        time.sleep(0.03)        # the program must keep up: only about ten events fit its socket, and umockdev gives up then
        self.tb.uevent('/sys' + path, action)

    def add(self, busid):
        usb, devnum = self.bus.enumerate(), next(Mock.devnums)
        self.usb = usb
        node, maker, name = f'/dev/bus/usb/001/{devnum:03}', usb.manufacturer, usb.product
        blocks, nodes = {}, {node: (UsbNode, ())}
        blocks[self.sys] = block(
            DEVNAME=node, DEVTYPE='usb_device', SUBSYSTEM='usb', MAJOR=189, MINOR=devnum - 1, busnum=1,
            PRODUCT=f'{usb.vendor_id:x}/{usb.product_id:x}/{usb.version:x}', idVendor=f'{usb.vendor_id:04x}',
            idProduct=f'{usb.product_id:04x}', bcdDevice=f'{usb.version:04x}', manufacturer=maker, product=name,
            serial=usb.serial, devnum=devnum, bNumInterfaces=len(usb.interfaces), descriptors=usb.descriptors,
            bDeviceClass=f'{usb.descriptors[4]:02x}', bConfigurationValue=usb.configuration)
        for number, itf in usb.interfaces.items():
            path = f'{self.sys}/{busid}:{usb.configuration}.{number}'
            blocks[path] = block(DEVTYPE='usb_interface', SUBSYSTEM='usb', interface=itf.name,
                                 bInterfaceNumber=f'{number:02x}', bInterfaceClass=f'{itf.kind:02x}')
            if itf.report_descriptor:
                path += f'/0003:{usb.vendor_id:04X}:{usb.product_id:04X}.{number + 1:04X}'
                blocks[path] = block(SUBSYSTEM='hid', HID_ID=f'0003:{usb.vendor_id:08X}:{usb.product_id:08X}',
                                     HID_NAME=f'{maker} {name}', HID_PHYS=f'usb-0000:00:14.0-1/input{number}',
                                     HID_UNIQ=usb.serial, report_descriptor=itf.report_descriptor)
                minor = devnum * 16 + number
                path += f'/hidraw/hidraw{minor}'
                blocks[path] = block(DEVNAME=f'/dev/hidraw{minor}', SUBSYSTEM='hidraw', MAJOR=240, MINOR=minor)
                nodes[f'/dev/hidraw{minor}'] = HidNode, (number, itf)
        self.tb.add_from_string('\n'.join(f'P: {path}\n{text}' for path, text in blocks.items()))
        self.paths, self.plugged, self.nodes = list(blocks), True, {}
        for path, (kind, args) in nodes.items():
            self.nodes[path] = kind(self, path, *args)
            self.tb.attach_ioctl(path, self.nodes[path])
        for path in self.paths:
            self.uevent(path, 'add')
        self.bus.when_gone = lambda: GLib.idle_add(self.remove)     # a server that dies is an unplug, too
        self.note(f'added {maker} {name} {usb.serial} as {node}')

    def remove(self):
        if not self.plugged:
            return
        self.plugged = False
        self.bus.close()
        for node in self.nodes.values():
            node.signal()                               # clients that wait wake up and find ENODEV
        for path in reversed(self.paths):
            self.uevent(path, 'remove')
            self.tb.remove_device('/sys' + path)
        for node in self.nodes:                         # without detach_ioctl(): it would reset a client just opening
            os.unlink(self.tb.get_root_dir() + node)
        self.note('removed')


def main():
    if 'umockdev' not in os.environ.get('LD_PRELOAD', ''):      # to send a uevent, udev must find the device in /sys
        os.execve(sys.executable, [sys.executable, *sys.argv], os.environ | {'LD_PRELOAD': PRELOAD})
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--log', default=os.devnull)
    log = open(parser.parse_args().log, 'a', buffering=1)
    tb, loop, mocks = UMockdev.Testbed.new(), GLib.MainLoop(), {}

    def plug(port, busid, busy=''):
        if busid in mocks and mocks[busid].plugged:
            raise ValueError(f'{busid} is plugged already')
        mocks[busid] = Mock(tb, log, int(port), busid, busy)

    def unplug(busid):
        mocks[busid].remove()

    def obey(*_):
        line = sys.stdin.readline()                     # the caller waits for each answer: never two lines at once
        if not line:
            loop.quit()
            return False
        name, *args = line.split()
        try:
            {'plug': plug, 'unplug': unplug}[name](*args)
            print('ok', flush=True)
        except Exception as error:
            print('error', repr(error), flush=True)
        return True

    for number in (signal.SIGTERM, signal.SIGINT):
        GLib.unix_signal_add(GLib.PRIORITY_DEFAULT, number, loop.quit)
    GLib.io_add_watch(sys.stdin, GLib.IO_IN | GLib.IO_HUP, obey)
    print(json.dumps({'LD_PRELOAD': PRELOAD, 'UMOCKDEV_DIR': tb.get_root_dir()}), flush=True)
    loop.run()
    shutil.rmtree(tb.get_root_dir(), ignore_errors=True)


if __name__ == '__main__':
    main()
