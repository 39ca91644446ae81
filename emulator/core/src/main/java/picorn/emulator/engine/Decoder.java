// SPDX-License-Identifier: MIT
package picorn.emulator.engine;

import picorn.emulator.cpu.Stop.Fault;

/** Fetches and decodes what is not decoded yet, and keeps it with the page it stands in. */
final class Decoder {
    static final Encoding BREAKPOINT =
            new Encoding("xxxxxxxxxxxxxxxx", "breakpoint", (core, i) -> Breakpoints.stop(core));

    private final Core core;
    private final AddressMap map;
    private final Breakpoints breakpoints;

    Decoder(Core core, Breakpoints breakpoints) {
        this.core = core;
        this.breakpoints = breakpoints;
        map = core.memory.map;
    }

    /**
     * The page to fetch from.
     *
     * @throws Abort when the T bit is clear or nothing can be executed there
     */
    Page page(int address) {
        if (!core.thumb) {
            throw core.fault(Fault.INVALID_STATE, address);
        }
        Page page = map.at(address);
        if (!page.executable) {
            page = map.show(address);
        }
        if (!page.executable) {
            throw core.fault(Fault.FETCH, address);
        }
        page.prepareForCode();
        return page;
    }

    /** Decodes what stands at {@code address}, or a breakpoint on it, and keeps that. */
    Instruction decode(Page page, int address, boolean inBlock) {
        Instruction decoded = breakpoints.at(address)
                ? new Instruction(BREAKPOINT, 0, address, inBlock)
                : decodeOnce(page, address, inBlock);
        (inBlock ? page.inBlock : page.plain)[(address & Page.MASK) >> 1] = decoded;
        return decoded;
    }

    /** Decodes what stands at {@code address}, breakpoint or not. */
    Instruction decodeOnce(Page page, int address, boolean inBlock) {
        int first = halfword(page, address);
        if (!Encodings.isWide(first)) {
            return new Instruction(Encodings.CORTEX_M4.of(first, false), first, address, inBlock);
        }
        int code = first << 16 | halfword(page(address + 2), address + 2);
        return new Instruction(Encodings.CORTEX_M4.of(code, true), code, address, inBlock);
    }

    private static int halfword(Page page, int address) {
        int offset = page.offset + (address & Page.MASK);
        page.ram.noteCode(offset);
        return page.ram.get16(offset);
    }
}
