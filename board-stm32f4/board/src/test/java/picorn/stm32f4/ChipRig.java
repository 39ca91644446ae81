// SPDX-License-Identifier: MIT
package picorn.stm32f4;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picorn.emulator.bus.Bus;
import picorn.emulator.bus.Region;
import picorn.emulator.core.CoreBus;
import picorn.emulator.core.CoreClocks;
import picorn.emulator.cpu.CpuEngine;
import picorn.emulator.cpu.Mapping;
import picorn.emulator.cpu.Ram;
import picorn.emulator.engine.JavaProvider;
import picorn.emulator.register.Register;
import picorn.emulator.register.RegisterBlock;
import picorn.emulator.report.Finding;
import picorn.emulator.state.StateReader;
import picorn.emulator.state.StateWriter;
import picorn.emulator.time.Clock;
import picorn.emulator.time.EventQueue;
import picorn.emulator.time.Frequency;
import picorn.stm32f4.chip.RegisterTable;
import picorn.stm32f4.chip.Stm32f429Peripherals;
import picorn.stm32f4.chip.Surroundings;
import picorn.stm32f4.system.MemoryMode;

/** The peripherals without a core: the test is the firmware, and the time is what it says. */
public final class ChipRig {
    public static final long MICROSECOND = Clock.SECOND / 1_000_000;

    public final EventQueue queue = new EventQueue();
    public final List<String> findings = new ArrayList<>();
    public final List<String> remaps = new ArrayList<>();
    public final Ram flash = new JavaProvider().create(new CoreBus()).allocate(2 << 20);
    public final Bus bus;
    public final Stm32f429Peripherals chip;
    public int coreEvents;
    private final boolean[] interrupts = new boolean[91];
    private final Map<String, Integer> bases = new TreeMap<>();
    private long now;

    /** With the 25 MHz crystal of the stm32429i-eval. */
    public ChipRig() {
        this(Frequency.hertz(25_000_000));
    }

    public ChipRig(Frequency hse) {
        CpuEngine engine = (CpuEngine) Proxy.newProxyInstance(
                ChipRig.class.getClassLoader(), new Class<?>[] {CpuEngine.class}, (proxy, method, args) -> null);
        bus = new Bus(engine, this::report);
        flash.fill(0, flash.size(), 0xFF);
        bus.map(new Region.Memory("flash", 0x0800_0000, 2 << 20, flash, 0, Mapping.READ_EXECUTE, Region.Masters.ALL));
        chip = new Stm32f429Peripherals(new Surroundings(
                bus,
                queue,
                () -> now,
                CoreClocks.of(() -> now),
                this::report,
                irq -> high -> interrupts[irq] = high,
                () -> coreEvents++,
                flash,
                hse,
                MemoryMode.MAIN_FLASH,
                (atZero, banks, fmc) -> remaps.add(atZero + " " + banks + " " + fmc),
                1));
        chip.attachUnmodelled();
        for (RegisterTable.Peripheral peripheral : chip.registerTable().peripherals()) {
            bases.put(peripheral.name(), peripheral.base());
        }
    }

    private void report(Finding.Kind kind, String subject) {
        findings.add(kind + " " + subject);
    }

    public long now() {
        return now;
    }

    /** Lets time pass, with every event at its own time. */
    public void pass(long picoseconds) {
        long until = now + picoseconds;
        while (queue.next() <= until) {
            now = queue.next();
            queue.runDue(now);
        }
        now = until;
    }

    /** The next {@code count} events happen. */
    public void passEvents(int count) {
        for (int i = 0; i < count && queue.next() != EventQueue.NEVER; i++) {
            pass(queue.next() - now);
        }
    }

    public boolean interrupt(int irq) {
        return interrupts[irq];
    }

    /** Address of a register such as "USART1.DR". */
    public int address(String register) {
        String[] names = register.split("\\.");
        return bases.get(names[0])
                + block(names[0]).registers().stream()
                        .filter(r -> r.name().equals(names[1]))
                        .findFirst()
                        .map(Register::offset)
                        .orElseThrow(() -> new IllegalArgumentException("no register " + register));
    }

    public RegisterBlock block(String name) {
        return chip.blocks().stream()
                .filter(b -> b.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** The core reads a register; due events have run. */
    public int read(String register) {
        return read(address(register), 4);
    }

    public int read(int address, int width) {
        queue.runDue(now);
        return (int) bus.read(address, width);
    }

    public void write(String register, int value) {
        write(address(register), 4, value);
    }

    public void write(int address, int width, int value) {
        queue.runDue(now);
        bus.write(address, width, value);
    }

    public void set(String register, int bits) {
        write(register, read(register) | bits);
    }

    public void clear(String register, int bits) {
        write(register, read(register) & ~bits);
    }

    /** All that the chip is. */
    public byte[] save() {
        StateWriter out = new StateWriter();
        out.int64(now);
        queue.save(out);
        chip.save(out);
        return out.toByteArray();
    }

    public void load(byte[] state) {
        StateReader in = new StateReader(state);
        now = in.int64();
        queue.load(in);
        chip.load(in);
    }

    /** Clocks of every modelled peripheral on. */
    public void enableAll() {
        write("RCC.AHB1ENR", 0x7EEF_97FF & ~0x000F_8000);
        write("RCC.AHB2ENR", 0xF1);
        write("RCC.APB1ENR", 0xF6FE_C9FF);
        write("RCC.APB2ENR", 0x0477_7F33);
    }

    /** HSE 25 MHz, PLL 168 MHz, HCLK 168, PCLK1 42, PCLK2 84 MHz. */
    public void run168MHz() {
        write("FLASH.ACR", 0x705);
        set("RCC.CR", 1 << 16);
        pass(5000 * MICROSECOND);
        write("RCC.PLLCFGR", 7 << 24 | 1 << 22 | 336 << 6 | 25);
        set("RCC.CR", 1 << 24);
        pass(500 * MICROSECOND);
        write("RCC.CFGR", 4 << 13 | 5 << 10 | 2);
    }
}
