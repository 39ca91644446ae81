// SPDX-License-Identifier: MIT
package picorn.emulator.trace;

import picorn.emulator.bus.Bus;
import picorn.emulator.core.InstructionObserver;
import picorn.emulator.engine.Listing;
import picorn.emulator.image.Symbol;
import picorn.emulator.image.Symbols;

/** Writes down each instruction before it executes: address, place, and the instruction as a disassembler writes it. */
public final class InstructionTrace implements InstructionObserver {
    private static final String KIND = "insn";
    private static final int KEPT = 1 << 12;

    private final TraceText out;
    private final TraceFilter filter;
    private final Bus bus;
    private final Symbols symbols;
    private final Places places;
    private final Listing listing;
    private final int[] addresses = new int[KEPT];
    private final long[] codes = new long[KEPT];
    private final String[] texts = new String[KEPT];

    /** Of those at a place of {@code filter}, read from {@code bus}. */
    public InstructionTrace(TraceText out, TraceFilter filter, Bus bus, Symbols symbols) {
        this.out = out;
        this.filter = filter;
        this.bus = bus;
        this.symbols = symbols;
        places = new Places(symbols);
        listing = new Listing(at -> bus.peek(at, 2), symbols::describe);
    }

    @Override
    public void executes(int pc) {
        if (filter.place(pc)) {
            out.line(KIND)
                    .hex(pc)
                    .text("  ")
                    .text(text(pc))
                    .text("  ; ")
                    .text(places.of(pc))
                    .end();
        }
    }

    /** Put together once for each instruction, and again if the code there has changed. */
    private String text(int pc) {
        int slot = pc >>> 1 & KEPT - 1;
        long code = bus.peek(pc, 4);
        if (texts[slot] == null || addresses[slot] != pc || codes[slot] != code) {
            int start = symbols.at(pc).map(Symbol::address).orElse(pc);
            addresses[slot] = pc;
            codes[slot] = code;
            texts[slot] = listing.instruction(pc, start);
        }
        return texts[slot];
    }
}
