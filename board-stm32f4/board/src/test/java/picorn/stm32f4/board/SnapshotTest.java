// SPDX-License-Identifier: MIT
package picorn.stm32f4.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import picorn.emulator.cpu.Engines;
import picorn.emulator.image.ImageReader;
import picorn.emulator.state.StateMismatch;
import picorn.emulator.state.StateWriter;
import picorn.emulator.time.Clock;

/** Snapshots as files: what is refused, and that a board is as it was after it has refused one. */
class SnapshotTest {
    private static final int FILES = 8000;
    private static final int STATES = 1500;
    private static final int STATES_WITH_NETWORK = 500;
    private static final long SEED = 42;

    private static final BoardModel MODEL =
            BoardModel.stm32429iEval().withSdram(1 << 20).withFlash(1 << 17);

    /** Counts in R0: adds r0, #1; b to there. */
    private static final byte[] PROGRAM = {0, 16, 0, 32, 9, 0, 0, 8, 1, 48, (byte) 0xFD, (byte) 0xE7};

    private enum Plugged {
        NOTHING,
        NETWORK
    }

    private static Board powered(BoardModel model, Plugged plugged, long seed) throws Exception {
        Board made = new Board(model, Engines.named("java"), seed);
        if (plugged == Plugged.NETWORK) {
            made.connectUserNetwork(1);
        }
        made.load(ImageReader.read("counter", PROGRAM, OptionalInt.of(0x0800_0000)));
        made.reset();
        return made;
    }

    /** One that has run for a while. */
    private static Board used(Plugged plugged) throws Exception {
        Board board = powered(MODEL, plugged, 1);
        board.serialInput().type("typed".getBytes(StandardCharsets.US_ASCII));
        board.run(Clock.SECOND / 10_000);
        return board;
    }

    private static byte[] file() throws Exception {
        try (Board board = used(Plugged.NETWORK)) {
            return write(Snapshot.of(board));
        }
    }

    private static byte[] write(Snapshot snapshot) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        snapshot.writeTo(out);
        return out.toByteArray();
    }

    private static byte[] state(Board of) {
        StateWriter out = new StateWriter();
        out.section("board", of);
        return out.toByteArray();
    }

    @Test
    void aFileHoldsWhatWasSaved() throws Exception {
        try (Board board = used(Plugged.NETWORK);
                Board other = powered(MODEL, Plugged.NETWORK, 1)) {
            Snapshot read = Snapshot.read(write(Snapshot.of(board)));
            assertThat(read.header()).isEqualTo(Snapshot.of(board).header());
            read.restoreTo(other);
            assertThat(state(other)).isEqualTo(state(board));
        }
    }

    @Test
    void everyTruncationIsRefused() throws Exception {
        byte[] file = file();
        for (int length = 0; length < file.length; length += length < 200 || length > file.length - 200 ? 1 : 97) {
            byte[] part = Arrays.copyOf(file, length);
            assertThatThrownBy(() -> Snapshot.read(part))
                    .as("%d octets", length)
                    .isInstanceOf(StateMismatch.class);
        }
    }

    @Test
    void whatIsNoSnapshotOrOfAnotherVersionIsNamed() throws Exception {
        assertThatThrownBy(() -> Snapshot.read(new byte[1000])).hasMessage("it is no snapshot of Picorn's");
        byte[] later = file();
        later[11] = 9;
        assertThatThrownBy(() -> Snapshot.read(later))
                .hasMessage("it has version 9, this Picorn reads version 1; save it anew");
        byte[] damaged = file();
        damaged[damaged.length / 2] ^= 1;
        assertThatThrownBy(() -> Snapshot.read(damaged)).hasMessage("it is truncated or damaged");
    }

    @Test
    void anotherBoardOrImageOrSeedIsRefusedInOneLine() throws Exception {
        Snapshot snapshot = Snapshot.read(file());
        try (Board larger = powered(MODEL.withSdram(2 << 20), Plugged.NETWORK, 1);
                Board empty = new Board(MODEL, Engines.named("java"));
                Board seeded = powered(MODEL, Plugged.NETWORK, 7)) {
            assertThatThrownBy(() -> snapshot.restoreTo(larger))
                    .isInstanceOf(StateMismatch.class)
                    .hasMessageContaining("1024 KB of SDRAM")
                    .hasMessageContaining("2048 KB of SDRAM");
            assertThatThrownBy(() -> snapshot.restoreTo(empty)).hasMessageContaining("with the image counter");
            assertThatThrownBy(() -> snapshot.restoreTo(seeded)).hasMessage("it was saved with seed 1; give --seed 1");
        }
    }

    @Test
    void mutatedFilesAreRefused() throws Exception {
        SplittableRandom random = new SplittableRandom(SEED);
        byte[] file = file();
        for (int i = 0; i < FILES; i++) {
            byte[] mutated = mutate(file, random);
            if (!Arrays.equals(mutated, file)) {
                assertThatThrownBy(() -> Snapshot.read(mutated))
                        .as("seed %d, file %d", SEED, i)
                        .isInstanceOf(StateMismatch.class);
            }
        }
    }

    /** As if somebody had put a right checksum to them. */
    @Test
    void mutatedStatesAreLoadedOrLeaveTheBoardAsItWas() throws Exception {
        tryMutated(Plugged.NOTHING, STATES);
        tryMutated(Plugged.NETWORK, STATES_WITH_NETWORK);
    }

    private static void tryMutated(Plugged plugged, int times) throws Exception {
        SplittableRandom random = new SplittableRandom(SEED);
        try (Board board = used(plugged);
                Board target = powered(MODEL, plugged, 1)) {
            byte[] good = state(board);
            Snapshot before = Snapshot.of(target);
            byte[] untouched = state(target);
            for (int i = 0; i < times; i++) {
                try {
                    new Snapshot(before.header(), mutate(good, random)).restoreTo(target);
                    before.restoreTo(target);
                } catch (StateMismatch e) {
                    assertThat(Arrays.equals(state(target), untouched))
                            .as("seed %d, state %d: %s", SEED, i, e.getMessage())
                            .isTrue();
                }
            }
        }
    }

    private static byte[] mutate(byte[] whole, SplittableRandom random) {
        byte[] mutated = random.nextInt(8) == 0 ? Arrays.copyOf(whole, random.nextInt(whole.length)) : whole.clone();
        for (int left = 1 + random.nextInt(4); left > 0 && mutated.length > 0; left--) {
            int at = random.nextInt(mutated.length);
            mutated[at] = (byte) (random.nextBoolean() ? random.nextInt() : mutated[at] ^ 1 << random.nextInt(8));
        }
        return mutated;
    }
}
