// SPDX-License-Identifier: MIT
package picorn.stm32f4.ethernet;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import picorn.emulator.bus.Bus;
import picorn.emulator.bus.Region;
import picorn.emulator.cpu.Mapping;
import picorn.emulator.register.Register;
import picorn.emulator.register.RegisterBlock;
import picorn.emulator.report.Finding;
import picorn.emulator.state.StateReader;
import picorn.emulator.state.StateWriter;
import picorn.emulator.time.Clock;
import picorn.emulator.time.ClockDomain;
import picorn.emulator.time.EventQueue;
import picorn.emulator.time.Frequency;
import picorn.stm32f4.memory.ArrayRam;
import picorn.stm32f4.memory.UnmappedMemory;

/** The Ethernet peripheral with memory around it, and a driver's hands: registers by name, descriptors, time. */
final class Rig {
    static final int SRAM = 0x2000_0000;
    static final int SRAM_SIZE = 0x2_0000;
    static final int CCM = 0x1000_0000;
    static final int FLASH = 0x0800_0000;

    static final int RX_LIST = SRAM + 0x1000;
    static final int TX_LIST = SRAM + 0x2000;
    static final int RX_BUFFERS = SRAM + 0x8000;
    static final int TX_BUFFERS = SRAM + 0x1_0000;

    static final int MACCR_RE_TE = 0x0C;
    static final int MACCR_FES_DM = 0x4800;
    static final int ST = 1 << 13;
    static final int SR = 1 << 1;
    static final int TSF = 1 << 21;
    static final int RSF = 1 << 25;
    static final int OSF = 1 << 2;
    static final int EDFE = 1 << 7;
    static final long MICROSECOND = Clock.SECOND / 1_000_000;

    static final byte[] OWN_ADDRESS = Frames.mac("02:00:00:00:00:01");
    static final byte[] PEER = Frames.mac("02:00:00:00:00:02");

    /** A frame that left, and when, in nanoseconds. */
    record Sent(byte[] frame, long at) {}

    final EventQueue events = new EventQueue();
    private long now;
    final Clock clock = () -> now;
    final ClockDomain hclk = new ClockDomain("HCLK", clock);
    final List<String> findings = new ArrayList<>();
    final Bus bus = new Bus(new UnmappedMemory(), this::note);
    final ArrayRam sram;
    final ArrayRam ccm = new ArrayRam(0x1000);
    final ArrayRam flash = new ArrayRam(0x1000);
    final MiiPhy phy = new MiiPhy("PHY", clock, events);
    final List<Sent> sent = new ArrayList<>();
    boolean interrupt;
    int interrupts;
    final Ethernet ethernet;

    Rig() {
        this(new ArrayRam(SRAM_SIZE));
    }

    Rig(ArrayRam sram) {
        this.sram = sram;
        hclk.run(Frequency.hertz(168_000_000));
        bus.map(memory("SRAM", SRAM, sram, Mapping.READ_WRITE_EXECUTE, Region.Masters.ALL));
        bus.map(memory("CCM", CCM, ccm, Mapping.READ_WRITE, Region.Masters.CORE_ONLY));
        bus.map(memory("FLASH", FLASH, flash, Mapping.READ_EXECUTE, Region.Masters.ALL));
        ethernet = new Ethernet(
                bus.dma(),
                events,
                clock,
                hclk,
                this::interrupt,
                phy,
                (frame, offset, length, at) ->
                        sent.add(new Sent(Arrays.copyOfRange(frame, offset, offset + length), at)));
        ethernet.mdio().attach(1, phy);
        ethernet.blocks().forEach(block -> block.reportTo(this::note));
        bus.attach(0x4002_8000, 0x100, ethernet.mac());
        bus.attach(0x4002_8100, 0x200, ethernet.mmc());
        bus.attach(0x4002_8700, 0x100, ethernet.ptp());
        bus.attach(0x4002_9000, 0x100, ethernet.dma());
    }

    private void note(Finding.Kind kind, String subject) {
        findings.add(subject + " " + kind.description());
    }

    private static Region.Memory memory(String name, int base, ArrayRam ram, Mapping mapping, Region.Masters masters) {
        return new Region.Memory(name, base, ram.size(), ram, 0, mapping, masters);
    }

    private void interrupt(boolean high) {
        if (high && !interrupt) {
            interrupts++;
        }
        interrupt = high;
    }

    // Time.

    long now() {
        return now;
    }

    void run(long picoseconds) {
        runUntil(now + picoseconds);
    }

    void runUntil(long end) {
        while (events.next() <= end) {
            now = Math.max(now, events.next());
            events.runDue(now);
        }
        now = Math.max(now, end);
    }

    /** Runs all events there are, at most so many; gives their number. */
    int drain(int most) {
        int n = 0;
        while (events.next() != EventQueue.NEVER && n < most) {
            runUntil(events.next());
            n++;
        }
        return n;
    }

    // Registers.

    private RegisterBlock block(String register) {
        return ethernet.blocks().stream()
                .filter(block ->
                        block.registers().stream().anyMatch(r -> r.name().equals(register)))
                .findFirst()
                .orElseThrow();
    }

    private static int offset(RegisterBlock block, String register) {
        return block.registers().stream()
                .filter(r -> r.name().equals(register))
                .mapToInt(Register::offset)
                .findFirst()
                .orElseThrow();
    }

    int read(String register) {
        events.runDue(now);
        RegisterBlock block = block(register);
        return block.read(offset(block, register), 4);
    }

    void write(String register, int value) {
        events.runDue(now);
        RegisterBlock block = block(register);
        block.write(offset(block, register), 4, value);
    }

    // What a driver does.

    /** Brings the link up and sets address, speed and duplex; {@code dmaomr} starts the DMA. */
    Rig start(int dmabmr, int dmaomr) {
        run(MiiPhy.NEGOTIATION_TIME);
        setAddress(0, OWN_ADDRESS, 0);
        write("DMABMR", dmabmr);
        write("DMARDLAR", RX_LIST);
        write("DMATDLAR", TX_LIST);
        write("MACCR", 0x8000 | MACCR_FES_DM | MACCR_RE_TE);
        write("DMAOMR", dmaomr);
        return this;
    }

    void setAddress(int n, byte[] address, int flags) {
        write("MACA%dHR".formatted(n), flags | address[5] << 8 & 0xFF00 | address[4] & 0xFF);
        write(
                "MACA%dLR".formatted(n),
                address[3] << 24 | (address[2] & 0xFF) << 16 | (address[1] & 0xFF) << 8 | address[0] & 0xFF);
    }

    int word(int address) {
        return sram.get32(address - SRAM);
    }

    void word(int address, int value) {
        sram.put32(address - SRAM, value);
    }

    void descriptor(int address, int... words) {
        for (int i = 0; i < words.length; i++) {
            word(address + 4 * i, words[i]);
        }
    }

    void put(int address, byte[] octets) {
        sram.write(address - SRAM, octets, 0, octets.length);
    }

    byte[] get(int address, int length) {
        byte[] octets = new byte[length];
        sram.read(address - SRAM, octets, 0, length);
        return octets;
    }

    void receive(byte[] frame) {
        events.runDue(now);
        ethernet.receive(frame, 0, frame.length, now / 1000);
    }

    // State.

    byte[] save() {
        StateWriter out = new StateWriter();
        out.int64(now);
        out.section("HCLK", hclk);
        out.section("events", events);
        out.section("ethernet", ethernet);
        out.octets(sram.octets);
        return out.toByteArray();
    }

    Rig load(byte[] state) {
        StateReader in = new StateReader(state);
        now = in.int64();
        in.section("HCLK", hclk);
        in.section("events", events);
        in.section("ethernet", ethernet);
        in.octets(sram.octets);
        return this;
    }
}
