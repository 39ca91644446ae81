// SPDX-License-Identifier: MIT
package picorn.stm32f4.chip;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import picorn.emulator.bus.Bus;
import picorn.emulator.bus.PageWriter;
import picorn.emulator.bus.Region;
import picorn.emulator.cpu.CpuEngine;
import picorn.emulator.cpu.Mapping;
import picorn.emulator.cpu.Ram;
import picorn.emulator.state.Saved;
import picorn.emulator.state.StateMismatch;
import picorn.emulator.state.StateReader;
import picorn.emulator.state.StateWriter;
import picorn.stm32f4.system.MemoryMode;

/** The memories of an STM32F429 and of the SDRAM beside it, and which of them stands at address 0 (RM0090, 2.3 and 2.4). */
public final class Memories implements Saved {
    private static final int ERASED = -1;
    /** Memory is saved by pages; each has a multiple of them. */
    private static final int PAGE = PageWriter.PAGE;

    private static final int END = -1;

    private static final int ALIAS = 0;
    private static final int CCM = 0x1000_0000;
    private static final int FLASH = 0x0800_0000;
    private static final int SYSTEM = 0x1FFF_0000;
    /** System memory proper; OTP and the device signature come after. */
    private static final int SYSTEM_SIZE = 30 << 10;

    private static final int SRAM = 0x2000_0000;
    private static final int SDRAM = 0xC000_0000;

    private final Bus bus;
    private final Region.Memory flash;
    private final Region.Memory ccm;
    private final Region.Memory sram;
    private final Region.Memory system;
    private final Optional<Region.Memory> sdram;
    private Optional<Region.Memory> atZero = Optional.empty();
    private boolean flashIsAtZero;

    /**
     * Allocates and maps them.
     *
     * @param sdramSize octets of SDRAM at 0xC0000000, or 0
     */
    public Memories(CpuEngine engine, Bus bus, int flashSize, int sramSize, int ccmSize, int sdramSize) {
        this.bus = bus;
        flash = erased("FLASH", FLASH, engine.allocate(flashSize));
        system = erased("SYSTEM", SYSTEM, engine.allocate(SYSTEM_SIZE));
        ccm = new Region.Memory(
                "CCM", CCM, ccmSize, engine.allocate(ccmSize), 0, Mapping.READ_WRITE, Region.Masters.CORE_ONLY);
        sram = ram("SRAM", SRAM, engine.allocate(sramSize));
        sdram = sdramSize == 0 ? Optional.empty() : Optional.of(ram("SDRAM", SDRAM, engine.allocate(sdramSize)));
        List.of(flash, system, ccm, sram).forEach(bus::map);
        sdram.ifPresent(bus::map);
    }

    private static Region.Memory erased(String name, int base, Ram ram) {
        ram.fill(0, ram.size(), ERASED);
        return new Region.Memory(name, base, ram.size(), ram, 0, Mapping.READ_EXECUTE, Region.Masters.ALL);
    }

    private static Region.Memory ram(String name, int base, Ram ram) {
        return new Region.Memory(name, base, ram.size(), ram, 0, Mapping.READ_WRITE_EXECUTE, Region.Masters.ALL);
    }

    /** The main flash memory. */
    public Region.Memory flash() {
        return flash;
    }

    /** All that hold programs and data, each at its own address. */
    public List<Region.Memory> all() {
        List<Region.Memory> all = new ArrayList<>(List.of(flash, ccm, sram));
        sdram.ifPresent(all::add);
        return all;
    }

    /** The word that {@code memory} is filled with after power-up. */
    public int erased(Region.Memory memory) {
        return memory == flash ? ERASED : 0;
    }

    /** Whether main or system flash memory stands at address 0. */
    boolean flashIsAtZero() {
        return flashIsAtZero;
    }

    /** Lets the memory that {@code mode} names stand at address 0 too. */
    void remap(MemoryMode mode) {
        Optional<Region.Memory> wanted = standsAtZero(mode).map(Memories::alias);
        if (!wanted.equals(atZero)) {
            atZero.ifPresent(bus::unmap);
            wanted.ifPresent(bus::map);
            atZero = wanted;
            flashIsAtZero = wanted.filter(memory -> memory.ram() == flash.ram() || memory.ram() == system.ram())
                    .isPresent();
        }
    }

    private Optional<Region.Memory> standsAtZero(MemoryMode mode) {
        return switch (mode) {
            case MAIN_FLASH -> Optional.of(flash);
            case SYSTEM_FLASH -> Optional.of(system);
            case SRAM1 -> Optional.of(sram);
            case SDRAM_BANK1 -> sdram;
            case FMC_BANK1, RESERVED -> Optional.empty();
        };
    }

    private static Region.Memory alias(Region.Memory memory) {
        return new Region.Memory(
                memory.name() + " at 0", ALIAS, memory.size(), memory.ram(), 0, memory.mapping(), memory.masters());
    }

    /** Writes the pages that are not as after power-up. */
    @Override
    public void save(StateWriter out) {
        byte[] page = new byte[PAGE];
        for (Region.Memory memory : all()) {
            byte[] erased = erasedPage(memory);
            for (int at = 0; at < memory.size() && !memory.ram().isUntouched(); at += PAGE) {
                memory.ram().read(at, page, 0, PAGE);
                if (!Arrays.equals(page, erased)) {
                    out.int32(at);
                    out.octets(page);
                }
            }
            out.int32(END);
        }
    }

    @Override
    public void load(StateReader in) {
        PageWriter writer = new PageWriter(bus);
        byte[] page = new byte[PAGE];
        for (Region.Memory memory : all()) {
            byte[] erased = erasedPage(memory);
            int done = 0;
            for (int at = in.int32(); at != END; at = in.int32()) {
                if (at < done || at % PAGE != 0 || at >= memory.size()) {
                    throw new StateMismatch("saved state has memory at 0x%x of %s, which is none: it is damaged"
                            .formatted(at, memory.name()));
                }
                in.octets(page);
                erase(writer, memory.ram(), done, at, erased);
                writer.put(memory.ram(), at, page);
                done = at + PAGE;
            }
            erase(writer, memory.ram(), done, memory.size(), erased);
        }
    }

    private byte[] erasedPage(Region.Memory memory) {
        byte[] page = new byte[PAGE];
        Arrays.fill(page, (byte) erased(memory));
        return page;
    }

    private static void erase(PageWriter writer, Ram ram, int from, int to, byte[] erased) {
        for (int at = from; at < to && !ram.isUntouched(); at += PAGE) {
            writer.put(ram, at, erased);
        }
    }
}
