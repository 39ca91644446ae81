// SPDX-License-Identifier: MIT
package picorn.emulator.trace;

import picorn.emulator.bus.Bus;
import picorn.emulator.bus.BusObserver;
import picorn.emulator.bus.Region;

/** Writes down what DMA masters move. */
public final class DmaTrace implements BusObserver {
    private static final String KIND = "dma";

    private final TraceText out;
    private final TraceFilter filter;
    private final Bus bus;

    /** Of the masters of {@code bus}. */
    public DmaTrace(TraceText out, TraceFilter filter, Bus bus) {
        this.out = out;
        this.filter = filter;
        this.bus = bus;
    }

    @Override
    public void moved(String master, Move move, int address, int length, boolean done) {
        if (!filter.block(master)) {
            return;
        }
        out.line(KIND).text(master).text(move == Move.READ ? " reads " : " writes ");
        out.number(length).text(length == 1 ? " octet " : " octets ").text(move == Move.READ ? "from " : "to ");
        out.hex(address);
        Region region = bus.at(address).orElse(null);
        if (region != null) {
            out.text(" in ").text(region.name());
        }
        out.text(done ? "" : ": cannot reach it").end();
    }
}
