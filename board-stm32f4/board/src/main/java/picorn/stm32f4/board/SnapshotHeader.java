// SPDX-License-Identifier: MIT
package picorn.stm32f4.board;

import java.util.Optional;
import picorn.emulator.cpu.Timing;
import picorn.emulator.state.StateMismatch;
import picorn.emulator.state.StateReader;
import picorn.emulator.state.StateWriter;
import picorn.emulator.time.Clock;
import picorn.stm32f4.socketdevice.SocketDeviceConfig;

/**
 * What a {@link Snapshot} is of.
 *
 * @param model the board
 * @param seed of its random numbers
 * @param timing what its time follows
 * @param image what was loaded into it, as messages call it
 * @param hash of what was loaded: SHA-256 of addresses and octets
 * @param time picoseconds since power-up
 * @param instructions executed up to then
 */
public record SnapshotHeader(
        BoardModel model, long seed, Timing timing, String image, String hash, long time, long instructions) {
    static SnapshotHeader of(Board board) {
        return new SnapshotHeader(
                board.model(),
                board.seed(),
                board.machine().engine().timing(),
                board.image().name(),
                board.image().hash(),
                board.machine().now(),
                board.machine().instructions());
    }

    void save(StateWriter out) {
        out.text(model.name());
        out.int32(model.flash());
        out.int32(model.sdram());
        out.text(model.socketDevice().map(config -> config.size().name()).orElse(""));
        out.int32(model.socketDevice().map(SocketDeviceConfig::budget).orElse(0));
        out.int64(seed);
        out.int32(timing.ordinal());
        out.text(image);
        out.text(hash);
        out.int64(time);
        out.int64(instructions);
    }

    static SnapshotHeader load(StateReader in) {
        return new SnapshotHeader(
                model(in), in.int64(), in.oneOf(Timing.values()), in.text(), in.text(), in.int64(), in.int64());
    }

    private static BoardModel model(StateReader in) {
        String name = in.text();
        BoardModel model = BoardModel.all().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new StateMismatch("it is of a board '%s', which there is not".formatted(name)))
                .withFlash(in.count(BoardModel.LARGEST_FLASH))
                .withSdram(in.count(BoardModel.LARGEST_SDRAM));
        Optional<SocketDeviceConfig> sockets = sockets(in.text(), in.int32());
        return sockets.isPresent() ? model.withSocketDevice(sockets.get()) : model;
    }

    private static Optional<SocketDeviceConfig> sockets(String size, int budget) {
        try {
            return size.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new SocketDeviceConfig(SocketDeviceConfig.Size.valueOf(size), budget));
        } catch (IllegalArgumentException e) {
            throw new StateMismatch("it is of a board with a socket device that there is not");
        }
    }

    /** Refuses another board, another image, another seed. */
    void requireFit(Board board) {
        if (!model.equals(board.model())) {
            throw new StateMismatch(
                    "it is of %s, this is %s; give the same --board, --flash, --sdram and --socket-device"
                            .formatted(words(model), words(board.model())));
        }
        if (!hash.equals(board.image().hash())) {
            throw new StateMismatch("it was saved with the image %s (SHA-256 %.12s…), not with this %s (%.12s…)"
                    .formatted(image, hash, board.image().name(), board.image().hash()));
        }
        Timing other = board.machine().engine().timing();
        if (timing != other) {
            throw new StateMismatch("its time follows '%s', this board's '%s'".formatted(timing.word(), other.word()));
        }
        if (seed != board.seed()) {
            throw new StateMismatch("it was saved with seed %d; give --seed %d".formatted(seed, seed));
        }
    }

    private static String words(BoardModel model) {
        return "%s with %d KB of flash memory, %d KB of SDRAM%s"
                .formatted(
                        model.name(),
                        model.flash() >> 10,
                        model.sdram() >> 10,
                        model.socketDevice()
                                .map(config -> " and a socket device")
                                .orElse(""));
    }

    /** A line for the user. */
    @Override
    public String toString() {
        return "%s on %s, seed %d, after %.9f s and %d instructions"
                .formatted(image, words(model), seed, (double) time / Clock.SECOND, instructions);
    }
}
