// SPDX-License-Identifier: MIT
package picorn.emulator.semihosting;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hundred thousand calls of a guest gone mad: each returns, none throws, nothing outside its directory changes. */
class SemihostingFuzzTest {
    private static final int CALLS = 100_000;
    private static final long SEED = 0x5E41;
    private static final int LARGEST = 5000;
    private static final String[] NAMES = {
        ":tt",
        ":semihosting-features",
        "a",
        "b",
        "deeper/c",
        "../out",
        "/tmp/picorn-out",
        "link/out",
        "deeper",
        "",
        "a\0b",
        ".."
    };
    private static final int[] WORDS = {
        0,
        1,
        2,
        3,
        4,
        8,
        11,
        12,
        100,
        -1,
        0x7FFF_FFFF,
        0x8000_0000,
        Guest.BASE,
        Guest.BUFFER,
        Guest.BASE + Guest.SIZE - 1,
        0xFFFF_FFFC,
        0x20026,
        5000,
        70_000
    };

    @TempDir
    Path outside;

    private final Random random = new Random(SEED);
    private int made;

    @Test
    void randomCallsReturn() throws IOException {
        Path inside = Files.createDirectories(outside.resolve("inside/deeper")).getParent();
        Files.createSymbolicLink(inside.resolve("link"), outside);
        SemihostingHost host = SemihostingHost.of((octets, at, length) -> {}, () -> made * 1_000_000L)
                .withInput(() -> random.nextInt(258) - 2)
                .withCommandLine("fuzz")
                .withFiles(ConfinedDirectory.of(inside), LARGEST);
        Guest guest = new Guest(host);
        for (; made < CALLS; made++) {
            call(guest);
        }
        guest.semihosting().close();
        assertThat(files(outside)).allMatch(file -> file.startsWith(inside)).allMatch(this::isSmall);
    }

    private void call(Guest guest) {
        fill(guest);
        int operation = random.nextInt(10) == 0 ? random.nextInt() : random.nextInt(0x34);
        int parameter = random.nextInt(5) == 0 ? word() : Guest.BASE;
        try {
            assertThat(guest.semihosting().call(operation, parameter)).isNotNull();
        } catch (RuntimeException | Error e) {
            throw new AssertionError("seed 0x%x, call %d: 0x%x".formatted(SEED, made, operation), e);
        }
    }

    /** A block of plausible and of extreme fields, and a name that some of them mean. */
    private void fill(Guest guest) {
        byte[] name = NAMES[random.nextInt(NAMES.length)].getBytes(StandardCharsets.US_ASCII);
        guest.memory.put(0x1000, name).put(0x1000 + name.length, (byte) 0);
        for (int field = 0; field < 4; field++) {
            guest.memory.putInt(4 * field, word());
        }
        if (random.nextBoolean()) { // a well-formed SYS_OPEN
            guest.memory.putInt(0, Guest.BUFFER).putInt(4, random.nextInt(12)).putInt(8, name.length);
        } else if (random.nextBoolean()) { // a well-formed SYS_REMOVE or SYS_RENAME
            guest.memory
                    .putInt(0, Guest.BUFFER)
                    .putInt(4, name.length)
                    .putInt(8, Guest.BUFFER)
                    .putInt(12, name.length);
        } else if (random.nextBoolean()) { // a handle that may be open, a buffer and a length
            guest.memory.putInt(0, random.nextInt(34)).putInt(4, Guest.BUFFER).putInt(8, random.nextInt(9000));
        }
    }

    private int word() {
        return random.nextInt(8) == 0 ? random.nextInt() : WORDS[random.nextInt(WORDS.length)];
    }

    private boolean isSmall(Path file) {
        try {
            return Files.size(file) <= LARGEST;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .toList();
        }
    }
}
