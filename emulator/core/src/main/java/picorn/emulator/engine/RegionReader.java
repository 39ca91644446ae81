// SPDX-License-Identifier: MIT
package picorn.emulator.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Finds the code that belongs together: from an entry on, breadth first over branches, calls and table branches. */
final class RegionReader {
    private static final int LONGEST_BLOCK = 40;
    private static final int MOST_OF_TABLE = 32;

    private final Core core;
    private final Decoder decoder;
    private final int most;
    private final Deque<Block.Place> waiting = new ArrayDeque<>();
    private final Set<Block.Place> known = new HashSet<>();
    private Region region;
    private int size;

    /** One that stops at {@code most} instructions. */
    RegionReader(Core core, Decoder decoder, int most) {
        this.core = core;
        this.decoder = decoder;
        this.most = most;
    }

    /** The region that is entered at {@code entry}; without blocks if nothing can be translated there. */
    Region read(int entry) {
        region = new Region(entry, core.slice);
        waiting.clear();
        known.clear();
        size = 0;
        meet(new Block.Place(entry, CallSite.UNKNOWN));
        while (!waiting.isEmpty() && size < most) {
            readBlock(waiting.remove());
        }
        return region;
    }

    private void meet(Block.Place place) {
        if (known.add(place)) {
            waiting.add(place);
        }
    }

    private void readBlock(Block.Place start) {
        List<Instruction> block = new ArrayList<>();
        int pc = start.address();
        int it = 0;
        boolean isConditional = false;
        while (true) {
            Instruction i = decode(pc, it != 0);
            if (i == null || Flow.stops(i)) {
                break;
            }
            block.add(i);
            isConditional = it != 0;
            note(i);
            pc += i.length;
            it = it == 0 && i.encoding.syntax.startsWith("it<") ? i.i : Core.itAdvance(it);
            if (Flow.branches(i) || Flow.goesAnywhere(i) || Flow.suspends(i)) {
                break;
            }
            if (it == 0 && (block.size() >= LONGEST_BLOCK || known.contains(new Block.Place(pc, start.site())))) {
                break;
            }
        }
        if (it == 0 || !block.isEmpty() && endsInBlock(block)) {
            add(start.site(), block, isConditional);
        }
    }

    /** A block may end inside of an IT block by a branch only. */
    private static boolean endsInBlock(List<Instruction> block) {
        Instruction last = block.get(block.size() - 1);
        return Flow.branches(last) || Flow.goesAnywhere(last);
    }

    private void add(CallSite site, List<Instruction> instructions, boolean isConditional) {
        if (instructions.isEmpty()) {
            return;
        }
        Block block = new Block(site, List.copyOf(instructions));
        region.blocks.add(block);
        size += instructions.size();
        Instruction last = instructions.get(instructions.size() - 1);
        if (Flow.isTableBranch(last)) {
            readTable(site, last);
        } else if (Flow.goesAnywhere(last) && !Flow.calls(last)) {
            site.back().ifPresent(this::meet);
        } else if (Flow.branches(last)) {
            block.target().ifPresent(this::meet);
        }
        if (isConditional || !Flow.endsFlow(last) && !Flow.calls(last)) {
            meet(new Block.Place(block.end(), site));
        }
    }

    private Instruction decode(int pc, boolean inBlock) {
        Page page = core.memory.map.show(pc);
        Page last = core.memory.map.show(pc + 2);
        if (!page.executable || !last.executable) {
            return null;
        }
        page.prepareForCode();
        last.prepareForCode();
        Instruction known = (inBlock ? page.inBlock : page.plain)[(pc & Page.MASK) >> 1];
        return known != null ? known : decoder.decode(page, pc, inBlock);
    }

    private void note(Instruction i) {
        for (int at = i.address; at < i.address + i.length; at += 2) {
            region.reads(core.memory.map.show(at), at);
        }
        if (i.encoding.operands().literal && (i.i & 3) == 0) {
            noteLiteral(i.i);
        }
    }

    /** Only where no instruction writes: elsewhere what stands beside code is too often data. */
    private void noteLiteral(int address) {
        Page page = core.memory.map.show(address);
        if (page.readable != null && page.writable == null) {
            region.literals.put(address, (int) HeapRam.WORD.get(page.readable, page.offset + (address & Page.MASK)));
            readAsCode(page, address);
            readAsCode(page, address + 2);
        }
    }

    private void readAsCode(Page page, int address) {
        page.prepareForCode();
        page.ram.noteCode(page.offset + (address & Page.MASK));
        region.reads(page, address);
    }

    /** A table after the branch has as many entries as a comparison of its index says, which is not looked for: those that make sense. */
    private void readTable(CallSite site, Instruction branch) {
        if (branch.n != Core.PC) {
            return;
        }
        int table = branch.address + 4;
        boolean halves = branch.encoding.syntax.startsWith("tbh");
        Set<Integer> targets = new TreeSet<>();
        int lowest = Integer.MAX_VALUE;
        for (int k = 0; k < MOST_OF_TABLE; k++) {
            int at = table + (halves ? 2 * k : k);
            if (at >= lowest || core.memory.map.show(at).readable == null) {
                break;
            }
            int target = table + 2 * (halves ? core.memory.read16(at) : core.memory.read8(at));
            if (target <= table) {
                break;
            }
            lowest = Math.min(lowest, target);
            targets.add(target);
        }
        region.tables.put(branch.address, List.copyOf(targets));
        targets.forEach(target -> meet(new Block.Place(target, site)));
    }
}
