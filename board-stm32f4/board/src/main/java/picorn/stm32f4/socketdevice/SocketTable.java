// SPDX-License-Identifier: MIT
package picorn.stm32f4.socketdevice;

import java.util.Arrays;
import java.util.Objects;
import java.util.function.IntConsumer;
import java.util.stream.Stream;

/** The sockets by their numbers. */
final class SocketTable {
    /** How many there can be. */
    static final int SIZE = 128;

    private final DeviceSocket[] sockets = new DeviceSocket[SIZE];
    private final IntConsumer changed;

    /**
     * An empty table.
     *
     * @param changed told the number of a socket to which something has happened from outside
     */
    SocketTable(IntConsumer changed) {
        this.changed = changed;
    }

    boolean isFull() {
        return Arrays.stream(sockets).noneMatch(Objects::isNull);
    }

    /** Gives it the lowest number that is free. */
    int add(DeviceSocket socket) throws Refused {
        for (int i = 0; i < SIZE; i++) {
            if (sockets[i] == null) {
                put(i, socket);
                return i;
            }
        }
        throw Errno.ENFILE.refused();
    }

    private void put(int number, DeviceSocket socket) {
        sockets[number] = socket;
        socket.number = number;
        socket.onChange(() -> changed.accept(number));
    }

    DeviceSocket get(int number) throws Refused {
        if (number >= SIZE || sockets[number] == null) {
            throw Errno.EBADF.refused();
        }
        return sockets[number];
    }

    /** What can be done with a socket now; 0 if there is none. */
    int state(int number) {
        return number >= SIZE || sockets[number] == null ? 0 : sockets[number].state();
    }

    void remove(DeviceSocket socket) {
        sockets[socket.number] = null;
        socket.onChange(() -> {});
    }

    void closeAll() {
        for (DeviceSocket socket : sockets) {
            if (socket != null) {
                remove(socket);
                socket.close(0);
            }
        }
    }

    /** All of them. */
    Stream<DeviceSocket> all() {
        return Arrays.stream(sockets).filter(Objects::nonNull);
    }

    /** Those that are streams. */
    Stream<StreamSocket> streams() {
        return all().filter(StreamSocket.class::isInstance).map(StreamSocket.class::cast);
    }

    /** Is told of all of them again, and they of what is behind them: those are loaded without their listeners. */
    void hear() {
        all().forEach(socket -> {
            put(socket.number, socket);
            socket.hear();
        });
    }
}
