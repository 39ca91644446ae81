// SPDX-License-Identifier: MIT
package picorn.emulator.image;

import java.util.ArrayList;
import java.util.List;
import picorn.emulator.bus.Bus;
import picorn.emulator.bus.Region;

/**
 * A range of addresses that lies in one memory.
 *
 * @param address first address
 * @param size octets
 */
public record MemoryPiece(Region.Memory memory, int address, int size) {
    /** Offset into the memory's {@code Ram} of the first octet. */
    public int offset() {
        return memory.at(address);
    }

    /**
     * The pieces that {@code size} octets from {@code address} on consist of, in order. They end early where something else than
     * memory, or nothing, comes.
     */
    public static List<MemoryPiece> of(Bus bus, int address, int size) {
        List<MemoryPiece> pieces = new ArrayList<>();
        int done = 0;
        while (done < size) {
            int at = address + done;
            if (!(bus.at(at).orElse(null) instanceof Region.Memory memory) || (done > 0 && at == 0)) {
                break;
            }
            int here = Math.min(size - done, memory.size() - (at - memory.base()));
            pieces.add(new MemoryPiece(memory, at, here));
            done += here;
        }
        return pieces;
    }
}
