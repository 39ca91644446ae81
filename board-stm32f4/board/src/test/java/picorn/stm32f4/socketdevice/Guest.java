// SPDX-License-Identifier: MIT
package picorn.stm32f4.socketdevice;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import picorn.emulator.bus.Bus;
import picorn.emulator.bus.Region;
import picorn.emulator.cpu.Mapping;
import picorn.emulator.cpu.Ram;
import picorn.emulator.state.ObjectState;
import picorn.emulator.state.StateReader;
import picorn.emulator.state.StateWriter;
import picorn.emulator.time.Clock;
import picorn.emulator.time.Event;
import picorn.emulator.time.EventQueue;
import picorn.netstack.address.Ipv4Address;
import picorn.netstack.context.Timed;
import picorn.netstack.link.Network;
import picorn.netstack.link.Wire;
import picorn.netstack.service.UserGateway;
import picorn.stm32f4.memory.UnmappedMemory;

/** A driver's hands: rings in memory, registers, time, and a gateway at the other end of the cable. */
final class Guest {
    static final int RAM = 0x2000_0000;
    static final int RAM_SIZE = 0x4_0000;
    static final int CCM = 0x1000_0000;
    static final int FLASH = 0x0800_0000;

    static final int COMMANDS = RAM + 0x1000;
    static final int COMPLETIONS = RAM + 0x2000;
    static final int EVENTS = RAM + 0x3000;
    static final int STATES = RAM + 0x4000;
    static final int PIECES = RAM + 0x5000;
    static final int DATA = RAM + 0x1_0000;

    static final int ORDER = 3;
    static final String ADDRESS = "10.0.2.15";
    static final String GATEWAY = "10.0.2.2";
    static final String SELF = "127.0.0.1";

    /** What came of a command. */
    record Done(int result, int address, int port, int a, int b, int c, int state) {}

    final GuardedRam ram = new GuardedRam(RAM_SIZE);
    final GuardedRam ccm = new GuardedRam(0x1000);
    final GuardedRam flash = new GuardedRam(0x1000);
    final List<String> findings = new ArrayList<>();
    final EventQueue events = new EventQueue();
    final Bus bus;
    final Wire wire = new Wire();
    final UserGateway gateway = UserGateway.on(wire.b(), 1);
    final SocketDevice device;
    boolean interrupt;
    private final Network network = new Network(wire, gateway);
    private final Event networkDue;
    private long now;
    private int commands;
    private int completions;
    private int taken;

    Guest(SocketDeviceConfig config) {
        bus = new Bus(new UnmappedMemory(), (kind, subject) -> findings.add(subject + " " + kind.description()));
        map("SRAM", RAM, ram, Mapping.READ_WRITE_EXECUTE, Region.Masters.ALL);
        map("CCM", CCM, ccm, Mapping.READ_WRITE, Region.Masters.CORE_ONLY);
        map("FLASH", FLASH, flash, Mapping.READ_EXECUTE, Region.Masters.ALL);
        networkDue = events.event("network", this::poll);
        device = new SocketDevice(config, bus.dma(), events, () -> now, high -> interrupt = high, this::send, 1);
        device.reportTo((kind, subject) -> findings.add(subject + " " + kind.description()));
        bus.attach(SocketDevice.BASE, SocketDevice.SIZE, device);
        wire.a().connect(device);
    }

    /** A full one that is started. */
    static Guest started() {
        return started("full");
    }

    static Guest started(String config) {
        Guest guest = new Guest(SocketDeviceConfig.parse(config));
        guest.start();
        return guest;
    }

    /** One that DHCP has given its address. */
    static Guest configured() {
        Guest guest = started();
        guest.up();
        return guest;
    }

    private void map(String name, int base, Ram memory, Mapping mapping, Region.Masters masters) {
        bus.map(new Region.Memory(name, base, memory.size(), memory, 0, mapping, masters));
    }

    private void send(byte[] frame, int offset, int length, long at) {
        wire.a().receive(frame, offset, length, at);
        arm(network.deadline());
    }

    void poll() {
        arm(network.poll(now / 1000));
    }

    private void arm(long deadline) {
        networkDue.at(deadline == Timed.NEVER ? EventQueue.NEVER : deadline * 1000);
    }

    void run(long picoseconds) {
        long end = now + picoseconds;
        while (events.next() <= end) {
            now = Math.max(now, events.next());
            events.runDue(now);
        }
        now = end;
    }

    void milliseconds(int n) {
        run(n * Clock.SECOND / 1000);
    }

    void register(String name, int value) {
        events.runDue(now);
        device.write(offset(name), 4, value);
    }

    int register(String name) {
        events.runDue(now);
        return device.read(offset(name), 4);
    }

    private int offset(String name) {
        return device.registers().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow()
                .offset();
    }

    void start() {
        register("CMDAR", COMMANDS);
        register("CPLAR", COMPLETIONS);
        register("EVTAR", EVENTS);
        register("STAAR", STATES);
        register("RSZR", 7 << 16 | ORDER << 8 | ORDER);
        register("CR", 1 | 0xF00);
        commands = 0;
        completions = 0;
        taken = 0;
    }

    void up() {
        command(17).a(eth0()).b(3).c(1).done();
        milliseconds(10_000);
        register("SR", 4);
    }

    int eth0() {
        for (int index = 1; ; index++) {
            command(16).a(index).room(48).done();
            if (text(DATA, 4).equals("eth0")) {
                return index;
            }
        }
    }

    String text(int address, int length) {
        byte[] octets = new byte[length];
        ram.read(address - RAM, octets, 0, length);
        return new String(octets, StandardCharsets.ISO_8859_1);
    }

    int word(int address) {
        return ram.get32(address - RAM);
    }

    int state(int socket) {
        return word(STATES + 4 * socket);
    }

    /** The sockets that stand in the event ring, which are taken. */
    List<Integer> takeEvents() {
        List<Integer> numbers = new ArrayList<>();
        for (; taken != register("EVTTR"); taken++) {
            numbers.add(word(EVENTS + 4 * (taken % 128)));
        }
        register("EVTHR", taken);
        return numbers;
    }

    static int address(String text) {
        return Ipv4Address.parse(text).bits();
    }

    final class Call {
        private final ByteBuffer out = ByteBuffer.allocate(32).order(ByteOrder.LITTLE_ENDIAN);
        private int pieces;

        private Call(int operation) {
            out.put(0, (byte) operation).putInt(12, PIECES);
        }

        Call flags(int flags) {
            out.put(1, (byte) flags);
            return this;
        }

        Call socket(int number) {
            out.putShort(2, (short) number);
            return this;
        }

        Call at(String address, int port) {
            out.order(ByteOrder.BIG_ENDIAN).putInt(4, address(address)).putShort(8, (short) port);
            out.order(ByteOrder.LITTLE_ENDIAN);
            return this;
        }

        Call a(int value) {
            out.putInt(16, value);
            return this;
        }

        Call mask(String mask) {
            return a(Integer.reverseBytes(address(mask)));
        }

        Call b(int value) {
            out.putInt(20, value);
            return this;
        }

        Call c(int value) {
            out.putInt(24, value);
            return this;
        }

        Call piece(int address, int length) {
            ram.put32(PIECES - RAM + 8 * pieces, address);
            ram.put32(PIECES - RAM + 8 * pieces + 4, length);
            pieces++;
            out.putShort(10, (short) pieces);
            return this;
        }

        Call room(int length) {
            return piece(DATA, length);
        }

        Call data(String text) {
            byte[] octets = text.getBytes(StandardCharsets.ISO_8859_1);
            ram.write(DATA - RAM, octets, 0, octets.length);
            return piece(DATA, octets.length);
        }

        /** Puts it into the ring without telling the device. */
        void put() {
            out.putInt(28, ~commands);
            ram.write(COMMANDS - RAM + 32 * (commands % (1 << ORDER)), out.array(), 0, 32);
            commands++;
        }

        Done done() {
            put();
            register("CMDTR", commands);
            Done done = completion();
            assertThat(done).as("a completion of command %d", commands).isNotNull();
            return done;
        }

        int result() {
            return done().result();
        }
    }

    Call command(int operation) {
        return new Call(operation);
    }

    /** The next completion, or null. */
    Done completion() {
        if (register("CPLTR") == completions) {
            return null;
        }
        byte[] octets = new byte[32];
        ram.read(COMPLETIONS - RAM + 32 * (completions % (1 << ORDER)), octets, 0, 32);
        ByteBuffer in = ByteBuffer.wrap(octets).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(in.getInt(0)).as("tag").isEqualTo(~completions);
        completions++;
        assertThat(in.getInt(28)).as("count").isEqualTo(completions);
        register("CPLHR", completions);
        ByteBuffer big = ByteBuffer.wrap(octets);
        return new Done(
                in.getInt(4),
                big.getInt(8),
                big.getShort(12) & 0xFFFF,
                in.getInt(16),
                in.getInt(20),
                in.getInt(12),
                in.getInt(24));
    }

    int commandsPut() {
        return commands;
    }

    int open(int type) {
        return command(1).a(type).result();
    }

    int send(int socket, String text) {
        return command(7).socket(socket).data(text).result();
    }

    /** What RECV gives, or its error as a number. */
    String receive(int socket) {
        int result = command(8).socket(socket).room(2000).result();
        return result < 0 ? Integer.toString(result) : text(DATA, result);
    }

    byte[] save() {
        StateWriter out = new StateWriter();
        out.int64(now);
        out.section("events", events);
        out.octets(ram.octets);
        out.section("device", device);
        out.section("network", network());
        for (int count : new int[] {commands, completions, taken}) {
            out.int32(count);
        }
        return out.toByteArray();
    }

    Guest load(byte[] state) {
        StateReader in = new StateReader(state);
        now = in.int64();
        in.section("events", events);
        in.octets(ram.octets);
        in.section("device", device);
        in.section("network", network());
        commands = in.int32();
        completions = in.int32();
        taken = in.int32();
        return this;
    }

    private ObjectState network() {
        return new ObjectState(List.of("picorn.netstack."), List.of(), List.of(wire, gateway));
    }
}
