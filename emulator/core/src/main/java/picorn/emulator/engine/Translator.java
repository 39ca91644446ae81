// SPDX-License-Identifier: MIT
package picorn.emulator.engine;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import picorn.emulator.cpu.Translation;

/**
 * Decides what is translated, and executes it. Nothing that the core computes or counts depends on it: code that is not translated, not
 * yet or not any more, is interpreted.
 */
final class Translator {
    /** Branches to a place after which it is hot, a power of two. */
    private static final int HOT = 1024;
    /** Instructions of a region at most. */
    private static final int REGION = 64;
    /** Translated instructions that are kept at most. */
    private static final int MOST_KEPT = 200_000;
    /** Changes of a page that cost nothing; each further one doubles the entries that are wanted. */
    private static final int FREE_CHANGES = 4;

    private static final int MOST_DOUBLINGS = 14;
    private static final int FORGETS_ONE_IN = 64;

    private final Core core;
    private final Translation translation;
    private final RegionReader reader;
    private final boolean enabled;
    private final int countMask;
    private final Queue<Made> made = new ConcurrentLinkedQueue<>();
    private final ArrayDeque<Region> kept = new ArrayDeque<>();
    private final Random random = new Random(1);
    private int keptSize;

    private record Made(Region region, Translated unit) {}

    Translator(Core core, Decoder decoder, Translation translation) {
        this.core = core;
        this.translation = translation;
        reader = new RegionReader(core, decoder, REGION);
        enabled = translation != Translation.OFF;
        countMask = translation == Translation.ON ? HOT - 1 : 0;
    }

    /** At the beginning of a run: takes what has been translated meanwhile. */
    void beginRun() {
        for (Made each = made.poll(); each != null; each = made.poll()) {
            if (each.region.isValid()) {
                keep(each.region, each.unit);
            }
        }
    }

    /** The map has changed: what translated code reaches directly may have gone. */
    void mapChanged() {
        core.windows.forget();
        core.slice.leave();
    }

    /**
     * Where a branch, or a run, leads to an instruction outside of IT blocks: executes what has been translated from there on.
     *
     * @return false if nothing was executed
     */
    boolean enter(Instruction i) {
        Translated unit = i.unit;
        if (unit != null) {
            return run(unit);
        }
        if ((++i.entries & countMask) == 0 && enabled) {
            return consider(i);
        }
        return false;
    }

    private boolean run(Translated unit) {
        if (core.memory.guarded()) {
            return false;
        }
        core.windows.choose(core.r[Core.SP], core.pc);
        long before = core.cycles;
        core.slice.begin();
        for (Translated next = unit; next != null; next = following()) {
            int left = core.slice.left;
            next.run(core);
            if (core.slice.left == left) {
                break;
            }
        }
        if (core.slice.aborted) {
            core.slice.rethrow();
        }
        if (translation == Translation.FORGETFUL && random.nextInt(FORGETS_ONE_IN) == 0) {
            forgetOldest();
        }
        return core.cycles != before;
    }

    /** The unit that goes on where the last one was left; null if the interpreter has to look first. */
    private Translated following() {
        core.slice.after(); // the last instruction may have ended the run
        if (core.slice.event || core.slice.left <= 0 || core.it != 0 || !core.thumb) {
            return null;
        }
        Page page = core.memory.map.at(core.pc);
        Instruction i = page.plain.length == 0 ? null : page.plain[(core.pc & Page.MASK) >> 1];
        return i == null ? null : i.unit;
    }

    private boolean consider(Instruction i) {
        if (i.isRequested || core.memory.guarded()) {
            return false;
        }
        int changes = core.memory.map.at(i.address).changes - FREE_CHANGES;
        if (i.entries < countMask << Math.min(Math.max(changes, 0), MOST_DOUBLINGS)) {
            return false;
        }
        Region region = reader.read(i.address);
        if (region.blocks.isEmpty() || region.head() != i) {
            return false;
        }
        region.register();
        if (translation == Translation.ON) {
            i.isRequested = true;
            SharedUnits.request(region, unit -> made.add(new Made(region, unit)));
            return false;
        }
        keep(region, SharedUnits.now(region));
        return run(i.unit);
    }

    private void keep(Region region, Translated unit) {
        region.head().unit = unit;
        kept.add(region);
        keptSize += region.size();
        while (keptSize > MOST_KEPT) {
            forgetOldest();
        }
    }

    private void forgetOldest() {
        Region oldest = kept.poll();
        if (oldest != null) {
            keptSize -= oldest.size();
            if (oldest.isValid()) {
                oldest.drop();
            }
        }
    }
}
