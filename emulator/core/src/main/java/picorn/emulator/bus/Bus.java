// SPDX-License-Identifier: MIT
package picorn.emulator.bus;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import picorn.emulator.cpu.CpuBus;
import picorn.emulator.cpu.EngineMemory;
import picorn.emulator.cpu.Mapping;
import picorn.emulator.cpu.Ram;
import picorn.emulator.report.Finding;
import picorn.emulator.report.Findings;

/** The system's address space: memory, which the engine reaches by itself, and devices, which it reaches through here. */
public final class Bus implements CpuBus {
    /** Regions start and end at multiples of this. */
    private static final int GRAIN_BITS = 8;

    private static final int SECTION_BITS = 20;
    private static final int SECTION_GRAINS = 1 << SECTION_BITS - GRAIN_BITS;

    private final EngineMemory engine;
    private final Findings findings;
    private final List<Region> regions = new ArrayList<>();
    private final Region[][] sections = new Region[1 << 32 - SECTION_BITS][];
    private final Dma dma = dma("DMA");
    private BusObserver[] observers = {};
    private final Set<Region.Memory> executableNow = new HashSet<>();
    private IntPredicate mayExecute = address -> true;
    private final Map<Ram, ReadOnlyStores> readOnlyStores = new IdentityHashMap<>();

    /** Takes stores to a memory that is mapped {@link Mapping#READ_EXECUTE}, such as those that program flash memory. */
    @FunctionalInterface
    public interface ReadOnlyStores {
        /** A store of {@code width} octets (1, 2 or 4) at {@code offset} into the memory. */
        void store(int offset, int width, int value);
    }

    /** An empty address space before {@code engine}. */
    public Bus(EngineMemory engine, Findings findings) {
        this.engine = engine;
        this.findings = findings;
    }

    /** Lets part of a memory stand at {@code region.base()}, for the core and for everybody else; 1024-octet grains. */
    public void map(Region.Memory region) {
        add(region);
        if (isExecutable(region)) {
            executableNow.add(region);
        }
        engine.map(region.base(), region.ram(), region.offset(), region.size(), effective(region));
    }

    /** From now on code may be fetched where {@code predicate} says so of a memory's first address, and its mapping allows it. */
    public void executable(IntPredicate predicate) {
        mayExecute = predicate;
        for (Region region : regions) {
            if (region instanceof Region.Memory memory && isExecutable(memory) != executableNow.contains(memory)) {
                remap(memory);
            }
        }
    }

    private void remap(Region.Memory memory) {
        if (!executableNow.remove(memory)) {
            executableNow.add(memory);
        }
        engine.map(memory.base(), memory.ram(), memory.offset(), memory.size(), effective(memory));
    }

    private boolean isExecutable(Region.Memory memory) {
        return memory.mapping() != Mapping.READ_WRITE && mayExecute.test(memory.base());
    }

    private Mapping effective(Region.Memory memory) {
        return memory.mapping() == Mapping.READ_WRITE_EXECUTE && !isExecutable(memory)
                ? Mapping.READ_WRITE
                : memory.mapping();
    }

    /** Takes a memory away from where {@link #map} put it. */
    public void unmap(Region.Memory region) {
        remove(region);
        executableNow.remove(region);
        engine.unmap(region.base(), region.size());
    }

    /** Lets a device's registers stand at {@code base}; 256-octet grains. */
    public void attach(int base, int size, Device device) {
        attach(base, size, device, Region.Gate.OPEN);
    }

    /** As {@link #attach(int, int, Device)}, with a clock that can be off. */
    public void attach(int base, int size, Device device, Region.Gate gate) {
        add(new Region.Registers(base, size, device, gate));
    }

    /** Lets {@code sink} take the stores to {@code ram} wherever it is mapped {@link Mapping#READ_EXECUTE}. */
    public void onReadOnlyStore(Ram ram, ReadOnlyStores sink) {
        readOnlyStores.put(ram, sink);
    }

    /** Everything there is, by address. */
    public List<Region> regions() {
        return regions.stream()
                .sorted(Comparator.comparing(Region::base, Integer::compareUnsigned))
                .toList();
    }

    /** What DMA masters see of this. */
    public Dma dma() {
        return dma;
    }

    /** What the DMA master of this name, such as "ETH", sees of this. */
    public Dma dma(String master) {
        return new Dma(this, master);
    }

    /** From now on {@code observer} sees what goes on. As long as nobody does, that costs nothing. */
    public void observe(BusObserver observer) {
        observers = Arrays.copyOf(observers, observers.length + 1);
        observers[observers.length - 1] = observer;
    }

    BusObserver[] observers() {
        return observers;
    }

    private void add(Region region) {
        if (((region.base() | region.size()) & (1 << GRAIN_BITS) - 1) != 0 || region.size() <= 0) {
            throw new IllegalArgumentException(
                    "%s at 0x%08x does not start and end at 256 octets".formatted(region.name(), region.base()));
        }
        for (Region other : regions) {
            if (other.contains(region.base()) || region.contains(other.base())) {
                throw new IllegalArgumentException("%s overlaps %s".formatted(region.name(), other.name()));
            }
        }
        regions.add(region);
        place(region, region);
    }

    private void remove(Region region) {
        if (regions.remove(region)) {
            place(region, null);
        }
    }

    /** The sections that {@code where} fills share one array, which nobody writes to: regions do not overlap. */
    private void place(Region where, Region what) {
        int grains = where.size() >>> GRAIN_BITS;
        Region[] full = null;
        for (int done = 0; done < grains; ) {
            int address = where.base() + (done << GRAIN_BITS);
            int section = address >>> SECTION_BITS;
            int first = (address & (1 << SECTION_BITS) - 1) >>> GRAIN_BITS;
            int end = Math.min(SECTION_GRAINS, first + grains - done);
            if (end - first < SECTION_GRAINS) {
                fill(section, first, end, what);
            } else {
                full = full == null ? sectionOf(what) : full;
                sections[section] = full;
            }
            done += end - first;
        }
    }

    private static Region[] sectionOf(Region region) {
        Region[] section = new Region[SECTION_GRAINS];
        Arrays.fill(section, region);
        return section;
    }

    private void fill(int section, int first, int end, Region what) {
        if (sections[section] == null) {
            sections[section] = new Region[SECTION_GRAINS];
        }
        Arrays.fill(sections[section], first, end, what);
    }

    Region find(int address) {
        Region[] section = sections[address >>> SECTION_BITS];
        return section == null ? null : section[(address & (1 << SECTION_BITS) - 1) >>> GRAIN_BITS];
    }

    /** What is at {@code address}. */
    public Optional<Region> at(int address) {
        return Optional.ofNullable(find(address));
    }

    @Override
    public long read(int address, int width) {
        Region region = find(address);
        if (region instanceof Region.Registers registers) {
            return readDevice(registers, address, width);
        }
        if (region instanceof Region.Memory memory && memory.contains(address + width - 1)) {
            return get(memory.ram(), memory.at(address), width) & 0xFFFF_FFFFL;
        }
        nothingAt("load", address, width);
        return FAULT;
    }

    private long readDevice(Region.Registers registers, int address, int width) {
        long value = readOpenDevice(registers, address, width);
        for (BusObserver observer : observers) {
            observer.read(registers, address, width, (int) value);
        }
        return value;
    }

    private long readOpenDevice(Region.Registers registers, int address, int width) {
        if (!registers.gate().isOpen()) {
            findings.report(Finding.Kind.CLOCK_GATED, registers.device().nameAt(address - registers.base()));
            return 0;
        }
        return registers.device().read(address - registers.base(), width) & 0xFFFF_FFFFL;
    }

    @Override
    public boolean write(int address, int width, int value) {
        Region region = find(address);
        if (region instanceof Region.Registers registers) {
            if (observers.length == 0) {
                writeDevice(registers, address, width, value);
            } else {
                writeObserved(registers, address, width, value);
            }
            return true;
        }
        if (region instanceof Region.Memory memory && memory.contains(address + width - 1)) {
            writeMemory(memory, address, width, value);
            return true;
        }
        nothingAt("store", address, width);
        return false;
    }

    private void writeObserved(Region.Registers registers, int address, int width, int value) {
        int word = (address & ~3) - registers.base();
        int before = registers.device().peek(word, 4);
        writeDevice(registers, address, width, value);
        int after = registers.device().peek(word, 4);
        for (BusObserver observer : observers) {
            observer.written(registers, address, width, value, before, after);
        }
    }

    private void writeDevice(Region.Registers registers, int address, int width, int value) {
        if (registers.gate().isOpen()) {
            registers.device().write(address - registers.base(), width, value);
        } else {
            findings.report(Finding.Kind.CLOCK_GATED, registers.device().nameAt(address - registers.base()));
        }
    }

    private void writeMemory(Region.Memory memory, int address, int width, int value) {
        if (memory.mapping() == Mapping.READ_EXECUTE) {
            ReadOnlyStores stores = readOnlyStores.get(memory.ram());
            if (stores == null) {
                findings.report(Finding.Kind.MEMORY_NOT_WRITABLE, memory.name());
            } else {
                stores.store(memory.at(address), width, value);
            }
            return;
        }
        put(memory.ram(), memory.at(address), width, value);
        engine.changed(memory.ram(), memory.at(address), width);
    }

    /** What {@link #read} would give, without any effect: for debuggers. {@link #FAULT} where there is nothing. */
    public long peek(int address, int width) {
        Region region = find(address);
        if (region instanceof Region.Registers registers) {
            return registers.device().peek(address - registers.base(), width) & 0xFFFF_FFFFL;
        }
        if (region instanceof Region.Memory memory && memory.contains(address + width - 1)) {
            return get(memory.ram(), memory.at(address), width) & 0xFFFF_FFFFL;
        }
        return FAULT;
    }

    /** Tells the engine that somebody wrote {@code size} octets of {@code ram} from {@code offset} on. */
    public void changed(Ram ram, int offset, int size) {
        engine.changed(ram, offset, size);
    }

    /** Tells the engine that somebody wrote to memory. */
    void changed(Region.Memory memory, int address, int size) {
        engine.changed(memory.ram(), memory.at(address), size);
    }

    private void nothingAt(String what, int address, int width) {
        findings.report(
                Finding.Kind.ACCESS_TO_NOTHING,
                "0x%08x (%s of %d octets; %s)".formatted(address, what, width, nearest(address)));
    }

    void reportUnreached(String master, int address) {
        Region region = find(address);
        findings.report(
                Finding.Kind.DMA_ERROR,
                "0x%08x (%s; %s)"
                        .formatted(address, master, region == null ? nearest(address) : "in " + region.name()));
    }

    /** Names the region that is nearest to {@code address}, such as "0x24 past the end of USART1". */
    public String nearest(int address) {
        long at = Integer.toUnsignedLong(address);
        return regions.stream()
                .min(Comparator.comparingLong(region -> distance(region, at)))
                .map(region -> describe(region, at))
                .orElse("the address space is empty");
    }

    private static long distance(Region region, long at) {
        long base = Integer.toUnsignedLong(region.base());
        return at < base ? base - at : at - (base + region.size()) + 1;
    }

    private static String describe(Region region, long at) {
        boolean before = at < Integer.toUnsignedLong(region.base());
        return "0x%x %s %s".formatted(distance(region, at), before ? "before" : "past the end of", region.name());
    }

    static int get(Ram ram, int at, int width) {
        return switch (width) {
            case 1 -> ram.get8(at);
            case 2 -> ram.get16(at);
            default -> ram.get32(at);
        };
    }

    static void put(Ram ram, int at, int width, int value) {
        switch (width) {
            case 1 -> ram.put8(at, value);
            case 2 -> ram.put16(at, value);
            default -> ram.put32(at, value);
        }
    }
}
