// SPDX-License-Identifier: MIT
package picorn.stm32f4.socketdevice;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import picorn.emulator.bus.Dma;
import picorn.emulator.register.Register;

/**
 * The rings and the state table in the guest's memory, where registers say that they are (docs/socket-device.md, "Registers"). What cannot be
 * read or written is false.
 */
final class GuestRings {
    /** Most entries of a ring, as a power of 2. */
    static final int MOST_ENTRIES = 10;

    private static final int WORD = 4;
    private static final int COMPLETIONS_LSB = 8;
    private static final int EVENTS_LSB = 16;
    /** Events, so that each socket has one, as a power of 2. */
    private static final int EVENTS_AT_LEAST = 7;

    private final Dma memory;
    private final Register commands;
    private final Register completions;
    private final Register events;
    private final Register states;
    private final Register sizes;
    private final byte[] octets = new byte[WORD];
    private final ByteBuffer word = ByteBuffer.wrap(octets).order(ByteOrder.LITTLE_ENDIAN);

    /**
     * Rings in memory.
     *
     * @param addresses CMDAR, CPLAR, EVTAR and STAAR
     * @param sizes RSZR
     */
    GuestRings(Dma memory, List<Register> addresses, Register sizes) {
        this.memory = memory;
        commands = addresses.get(0);
        completions = addresses.get(1);
        events = addresses.get(2);
        states = addresses.get(3);
        this.sizes = sizes;
    }

    int commandEntries() {
        return 1 << order(0);
    }

    int completionEntries() {
        return 1 << order(COMPLETIONS_LSB);
    }

    private int order(int lsb) {
        return sizes.get() >>> lsb & 0xFF;
    }

    /** Whether all of them are RAM and as large as they may be. */
    boolean areGood() {
        return isRing(commands, order(0), Command.SIZE, Command.SIZE)
                && isRing(completions, order(COMPLETIONS_LSB), Completion.SIZE, Completion.SIZE)
                && isRing(events, order(EVENTS_LSB), WORD, WORD)
                && order(EVENTS_LSB) >= EVENTS_AT_LEAST
                && isRam(states, WORD * SocketTable.SIZE, WORD);
    }

    private boolean isRing(Register at, int order, int entry, int alignment) {
        return order <= MOST_ENTRIES && isRam(at, entry << order, alignment);
    }

    /** Whether all of it is RAM; it is written back as it was read. */
    private boolean isRam(Register at, int size, int alignment) {
        byte[] all = new byte[size];
        return at.get() % alignment == 0 && memory.read(at.get(), all, 0, size) && memory.write(at.get(), all, 0, size);
    }

    boolean readCommand(int count, Command into) {
        int place = count & commandEntries() - 1;
        return memory.read(commands.get() + Command.SIZE * place, into.octets, 0, Command.SIZE);
    }

    boolean writeCompletion(int count, Completion from) {
        int place = count & completionEntries() - 1;
        return memory.write(completions.get() + Completion.SIZE * place, from.octets, 0, Completion.SIZE);
    }

    boolean writeEvent(int count, int socket) {
        int place = count & (1 << order(EVENTS_LSB)) - 1;
        return write(events.get() + WORD * place, socket);
    }

    boolean writeState(int socket, int state) {
        return write(states.get() + WORD * socket, state);
    }

    private boolean write(int at, int value) {
        word.putInt(0, value);
        return memory.write(at, octets, 0, WORD);
    }
}
