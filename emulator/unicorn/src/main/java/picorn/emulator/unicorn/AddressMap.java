// SPDX-License-Identifier: MIT
package picorn.emulator.unicorn;

import com.sun.jna.Platform;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import picorn.emulator.cpu.Mapping;

/**
 * The 4 GB that the core sees: memory where it is mapped, memory-mapped I/O everywhere else. Unicorn takes its time for unmapping
 * (0.1 microseconds a kilobyte), so changes are collected until {@link #apply} and I/O is mapped in blocks.
 */
final class AddressMap {
    private static final long SPACE = 1L << 32;
    private static final long IO_BLOCK = 64L << 20;
    private static final int PAGE_BITS = 10;
    private static final int READ_EXECUTE = Uc.PROT_READ | Uc.PROT_EXEC;

    /** A block of I/O. */
    private record Io(long base, long size) {}

    private final NativeUnicorn unicorn;
    private final long uc;
    private final Uc.IoRead read;
    private final Uc.IoWrite write;
    private final List<Segment> segments = new ArrayList<>();
    private final Set<Segment> mapped = new HashSet<>();
    private final Set<Io> mappedIo = new HashSet<>();
    /** The numbers of kilobytes whose loads and stores go to the bus, be there memory or not: I/O as Unicorn sees it. */
    private final BitSet watched = new BitSet();
    /** Those of them in which code has run, which Unicorn does not do in I/O: it reports stores, and loads now and then. */
    private final BitSet watchedCode = new BitSet();

    private boolean stale = true;
    private Segment latest;

    AddressMap(NativeUnicorn unicorn, long uc, Uc.IoRead read, Uc.IoWrite write) {
        this.unicorn = unicorn;
        this.uc = uc;
        this.read = read;
        this.write = write;
    }

    /** Whether there are changes that {@link #apply} has to make. */
    boolean stale() {
        return stale;
    }

    /** Shows memory at a range of addresses in place of what was there. */
    void map(Segment segment) {
        unmap(segment.base(), segment.size());
        segments.add(segment);
    }

    /** Leaves a range of addresses to the bus. */
    void unmap(long base, long size) {
        long end = base + size;
        List<Segment> kept = new ArrayList<>();
        for (Segment segment : segments) {
            if (segment.base() < base) {
                kept.add(segment.part(segment.base(), Math.min(segment.end(), base)));
            }
            if (segment.end() > end) {
                kept.add(segment.part(Math.max(segment.base(), end), segment.end()));
            }
        }
        segments.clear();
        segments.addAll(kept);
        stale = true;
        latest = null;
    }

    /** Sends loads and stores of memory to the bus, whatever is mapped there now and later. */
    void watch(long base, long size) {
        watched.set((int) (base >> PAGE_BITS), (int) (base + size >> PAGE_BITS));
        stale = true;
    }

    /** Ends {@link #watch}. */
    void unwatch(long base, long size) {
        watched.clear((int) (base >> PAGE_BITS), (int) (base + size >> PAGE_BITS));
        watchedCode.clear((int) (base >> PAGE_BITS), (int) (base + size >> PAGE_BITS));
        stale = true;
    }

    /** Whether anything is watched. */
    boolean isWatching() {
        return !watched.isEmpty();
    }

    /** Whether the instruction at an address could not be fetched only because it is watched; from now on it can. */
    boolean letsRun(int address) {
        return letsRunKilobyte(address) | letsRunKilobyte(address + 2);
    }

    private boolean letsRunKilobyte(int address) {
        int page = address >>> PAGE_BITS;
        if (!watched.get(page) || watchedCode.get(page) || !executable(address)) {
            return false;
        }
        watchedCode.set(page);
        stale = true;
        return true;
    }

    /** The memory at an address, or an empty segment. */
    Segment at(int address) {
        long wanted = address & 0xffff_ffffL;
        if (latest != null && wanted >= latest.base() && wanted < latest.end()) {
            return latest;
        }
        for (Segment segment : segments) {
            if (wanted >= segment.base() && wanted < segment.end()) {
                latest = segment;
                return segment;
            }
        }
        return NOTHING;
    }

    private static final Segment NOTHING = new Segment(0, 0, new NativeRam(0), 0, Mapping.READ_WRITE);

    /** Whether code can be executed at an address. */
    boolean executable(int address) {
        return at(address).executable();
    }

    /** The halfword of code at an even address; 0 where none can be executed. */
    int code(int address) {
        Segment segment = at(address);
        return segment.executable()
                ? segment.ram().get16(segment.offset() + (int) ((address & 0xffff_ffffL) - segment.base()))
                : 0;
    }

    /** Makes Unicorn forget what it translated from octets of {@code ram}. */
    void forget(NativeRam ram, int from, int size) {
        for (Segment segment : segments) {
            long start = Math.max(from, segment.offset());
            long end = Math.min(from + (long) size, segment.offset() + segment.size());
            if (segment.ram() == ram && segment.executable() && start < end) {
                long shift = segment.base() - segment.offset();
                forget(start + shift, end + shift);
            }
        }
    }

    /** Makes Unicorn forget what it translated from these addresses. */
    void forget(long from, long to) {
        if (VARIADIC_AS_FIXED) {
            Emulation.check(Uc.uc_ctl(uc, Uc.CTL_REMOVE_CACHE, from, to));
        } else {
            Emulation.check(unicorn.control(uc, Uc.CTL_REMOVE_CACHE, from, to));
        }
    }

    /** Apple's convention for 64-bit Arm passes variadic arguments on the stack; the others pass integers like fixed ones. */
    private static final boolean VARIADIC_AS_FIXED = !(Platform.isMac() && Platform.isARM());

    /** Makes Unicorn's map like this one. Not from within a callback. */
    void apply() {
        if (!stale) {
            return;
        }
        List<Segment> parts = new ArrayList<>();
        segments.forEach(segment -> addParts(segment, parts));
        Set<Segment> wanted = new HashSet<>(parts);
        Set<Io> wantedIo = new HashSet<>(gaps(parts));
        mapped.removeIf(segment -> !wanted.contains(segment) && remove(segment));
        mappedIo.removeIf(io -> !wantedIo.contains(io) && remove(io.base(), io.size()));
        wanted.stream().filter(mapped::add).forEach(this::add);
        wantedIo.stream().filter(mappedIo::add).forEach(this::add);
        stale = false;
    }

    /** Adds what Unicorn is to take for memory. */
    private void addParts(Segment segment, List<Segment> parts) {
        for (long from = segment.base(); from < segment.end(); ) {
            int page = (int) (from >> PAGE_BITS);
            boolean isWatched = watched.get(page);
            int next = isWatched ? page + 1 : watched.nextSetBit(page);
            long to = next < 0 ? segment.end() : Math.min((long) next << PAGE_BITS, segment.end());
            if (!isWatched) {
                parts.add(segment.part(from, to));
            } else if (watchedCode.get(page)) {
                parts.add(segment.part(from, to).watched());
            }
            from = to;
        }
    }

    private static List<Io> gaps(List<Segment> parts) {
        List<Io> gaps = new ArrayList<>();
        List<Segment> sorted = new ArrayList<>(parts);
        sorted.sort(java.util.Comparator.comparingLong(Segment::base));
        long from = 0;
        for (Segment segment : sorted) {
            addBlocks(gaps, from, segment.base());
            from = segment.end();
        }
        addBlocks(gaps, from, SPACE);
        return gaps;
    }

    private static void addBlocks(List<Io> gaps, long from, long to) {
        for (long base = from; base < to; ) {
            long end = Math.min(to, (base / IO_BLOCK + 1) * IO_BLOCK);
            gaps.add(new Io(base, end - base));
            base = end;
        }
    }

    private boolean remove(Segment segment) {
        if (segment.executable()) {
            forget(segment.base(), segment.end());
        }
        return remove(segment.base(), segment.size());
    }

    private boolean remove(long base, long size) {
        Emulation.check(Uc.uc_mem_unmap(uc, base, size));
        return true;
    }

    private void add(Io io) {
        Emulation.check(Uc.uc_mmio_map(uc, io.base(), io.size(), read, io.base(), write, io.base()));
    }

    private void add(Segment segment) {
        int permissions = permissions(segment);
        long memory = segment.ram().address() + segment.offset();
        Emulation.check(Uc.uc_mem_map_ptr(uc, segment.base(), segment.size(), permissions, memory));
        // Mapping alone would let a store through once its hook has seen to it; protecting makes Unicorn drop it.
        Emulation.check(Uc.uc_mem_protect(uc, segment.base(), segment.size(), permissions));
    }

    private static int permissions(Segment segment) {
        if (segment.data() == Segment.Data.WATCHED) {
            return Uc.PROT_EXEC;
        }
        return switch (segment.mapping()) {
            case READ_EXECUTE -> READ_EXECUTE;
            case READ_WRITE -> Uc.PROT_READ | Uc.PROT_WRITE;
            case READ_WRITE_EXECUTE -> READ_EXECUTE | Uc.PROT_WRITE;
        };
    }
}
