// SPDX-License-Identifier: MIT
package picorn.emulator.semihosting;

import java.util.List;
import picorn.emulator.bus.Bus;
import picorn.emulator.cpu.EngineMemory;
import picorn.emulator.cpu.Mapping;
import picorn.emulator.image.MemoryPiece;

/** The memories of a bus as semihosting calls see them: the core's own ones too, flash read-only, whatever the MPU says. */
public final class BusMemory implements GuestMemory {
    private final Bus bus;
    private final EngineMemory engine;

    /** The memories of {@code bus}; {@code engine}, which executes from them, is told of what is written. */
    public BusMemory(Bus bus, EngineMemory engine) {
        this.bus = bus;
        this.engine = engine;
    }

    @Override
    public boolean read(int address, byte[] into, int at, int length) {
        List<MemoryPiece> pieces = MemoryPiece.of(bus, address, length);
        if (size(pieces) != length) {
            return false;
        }
        int done = at;
        for (MemoryPiece piece : pieces) {
            piece.memory().ram().read(piece.offset(), into, done, piece.size());
            done += piece.size();
        }
        return true;
    }

    @Override
    public boolean write(int address, byte[] from, int at, int length) {
        List<MemoryPiece> pieces = MemoryPiece.of(bus, address, length);
        if (size(pieces) != length || pieces.stream().anyMatch(BusMemory::isFlash)) {
            return false;
        }
        int done = at;
        for (MemoryPiece piece : pieces) {
            piece.memory().ram().write(piece.offset(), from, done, piece.size());
            engine.changed(piece.memory().ram(), piece.offset(), piece.size());
            done += piece.size();
        }
        return true;
    }

    private static boolean isFlash(MemoryPiece piece) {
        return piece.memory().mapping() == Mapping.READ_EXECUTE;
    }

    private static int size(List<MemoryPiece> pieces) {
        return pieces.stream().mapToInt(MemoryPiece::size).sum();
    }
}
