// SPDX-License-Identifier: MIT
package picorn.emulator.engine;

import java.util.function.IntFunction;
import java.util.function.IntToLongFunction;
import picorn.emulator.cpu.CpuBus;

/**
 * Instructions as text, as arm-none-eabi-objdump writes them, for reports: with the conditions that IT blocks give them.
 *
 * <pre>{@code
 * Listing listing = new Listing(at -> bus.peek(at, 2), symbols::describe);
 * listing.instruction(0x0800_0104, 0x0800_0100); // "ldrne r0, [r3, #0]"
 * }</pre>
 */
public final class Listing {
    /** How far back an IT instruction is looked for: a walk starts no earlier. */
    private static final int REACH = 4096;

    private final IntToLongFunction halfwords;
    private final IntFunction<String> places;

    /**
     * Of code that {@code halfwords} gives, {@link CpuBus#FAULT} or more where there is none, writing addresses as {@code places}
     * does.
     */
    public Listing(IntToLongFunction halfwords, IntFunction<String> places) {
        this.halfwords = halfwords;
        this.places = places;
    }

    /**
     * The instruction at {@code address}.
     *
     * @param start where the code that it belongs to begins, such as its function; {@code address} itself if nobody knows: an IT
     *     block then goes unseen
     * @return its text; "nothing there" where nothing can be read
     */
    public String instruction(int address, int start) {
        return text(address, itStateAt(address, start));
    }

    /** ITSTATE at {@code address} when code runs from {@code start} to there; 0 if no instruction begins there. */
    private int itStateAt(int address, int start) {
        int at = Integer.toUnsignedLong(address - start) > REACH ? address : start;
        int it = 0;
        while (address - at > 0) {
            int first = (int) halfwords.applyAsLong(at) & 0xffff;
            it = isIt(first) ? first & 0xff : Core.itAdvance(it);
            at += Encodings.isWide(first) ? 4 : 2;
        }
        return at == address ? it : 0;
    }

    private static boolean isIt(int halfword) {
        return halfword >>> 8 == 0xbf && (halfword & 15) != 0;
    }

    private String text(int address, int itState) {
        long first = halfwords.applyAsLong(address);
        if (first >= CpuBus.FAULT) {
            return "nothing there";
        }
        boolean wide = Encodings.isWide((int) first);
        long second = wide ? halfwords.applyAsLong(address + 2) : 0;
        if (second >= CpuBus.FAULT) {
            return "half an instruction";
        }
        int code = wide ? (int) (first << 16 | second) : (int) first;
        Encoding encoding = Encodings.CORTEX_M4.of(code, wide);
        return Disassembler.text(new Instruction(encoding, code, address, itState != 0), itState, places);
    }
}
