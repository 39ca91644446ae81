// SPDX-License-Identifier: MIT
package picorn.emulator.semihosting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picorn.emulator.state.StateReader;
import picorn.emulator.state.StateWriter;

/** Files of the host, and the wall around them. */
class SemihostingFilesTest {
    private static final int R = 0;
    private static final int R_PLUS = 2;
    private static final int W = 4;
    private static final int W_PLUS_B = 7;
    private static final int A = 8;
    private static final int LARGEST = 1000;

    @TempDir
    Path outside;

    private Path inside;
    private SemihostingHost host;
    private Guest guest;

    @BeforeEach
    void confine() throws IOException {
        inside = Files.createDirectories(outside.resolve("inside/deeper")).getParent();
        Files.writeString(outside.resolve("secret"), "secret");
        host = SemihostingHost.of((octets, at, length) -> {}, () -> 0).withFiles(ConfinedDirectory.of(inside), LARGEST);
        guest = new Guest(host);
    }

    @AfterEach
    void close() {
        guest.semihosting().close();
    }

    @Test
    void aFileIsWrittenAndReadBack() throws IOException {
        int file = guest.open("./deeper/log.txt", W_PLUS_B);
        assertThat(guest.write(file, "hello world")).isZero();
        assertThat(guest.result(Operation.SYS_FLEN, file)).isEqualTo(11);
        assertThat(guest.result(Operation.SYS_ISTTY, file)).isZero();
        assertThat(guest.result(Operation.SYS_SEEK, file, 6)).isZero();
        assertThat(guest.read(file, 3)).isEqualTo("wor");
        assertThat(guest.read(file, 10)).isEqualTo("ld");
        assertThat(guest.result(Operation.SYS_READ, file, Guest.BUFFER, 10)).isEqualTo(10);
        assertThat(guest.result(Operation.SYS_CLOSE, file)).isZero();
        assertThat(inside.resolve("deeper/log.txt")).hasContent("hello world");
    }

    @Test
    void modesAreThoseOfFopen() throws IOException {
        Path file = Files.writeString(inside.resolve("f"), "old");
        assertThat(guest.open("none", R)).isEqualTo(-1);
        assertThat(guest.errno()).isEqualTo(2);
        assertThat(guest.open("none", R_PLUS)).isEqualTo(-1);
        int read = guest.open("f", R);
        assertThat(guest.write(read, "x")).isEqualTo(-1);
        assertThat(guest.errno()).isEqualTo(9);
        int append = guest.open("f", A);
        guest.result(Operation.SYS_SEEK, append, 0);
        guest.write(append, "+new");
        assertThat(guest.result(Operation.SYS_READ, append, Guest.BUFFER, 1)).isEqualTo(-1);
        assertThat(file).hasContent("old+new");
        guest.write(guest.open("f", R_PLUS), "OLD");
        assertThat(file).hasContent("OLD+new");
        guest.open("f", W);
        assertThat(file).isEmptyFile();
    }

    @Test
    void aFileGrowsToItsCapAndTheRestIsReported() throws IOException {
        int file = guest.open("big", W);
        assertThat(guest.write(file, "x".repeat(LARGEST + 50))).isEqualTo(50);
        assertThat(guest.write(file, "x")).isEqualTo(1);
        assertThat(inside.resolve("big")).hasSize(LARGEST);
        assertThat(guest.result(Operation.SYS_SEEK, file, LARGEST + 1)).isEqualTo(-1);
        assertThat(guest.result(Operation.SYS_SEEK, file, -1)).isEqualTo(-1);
        int append = guest.open("big", A);
        assertThat(guest.write(append, "y")).isEqualTo(1);
    }

    @Test
    void removeAndRenameWork() throws IOException {
        Files.writeString(inside.resolve("a"), "a");
        Files.writeString(inside.resolve("b"), "b");
        assertThat(guest.rename("a", "b")).isZero();
        assertThat(inside.resolve("b")).hasContent("a");
        assertThat(inside.resolve("a")).doesNotExist();
        assertThat(guest.remove("b")).isZero();
        assertThat(inside.resolve("b")).doesNotExist();
        assertThat(guest.remove("b")).isEqualTo(-1);
        assertThat(guest.rename("a", "c")).isEqualTo(-1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../secret",
                "deeper/../../secret",
                "deeper/../../../secret",
                "./../secret",
                "..",
                ".",
                "",
                "/",
                "/etc/passwd",
                "//etc/passwd",
                "/own",
                "deeper/../own",
                "deeper",
                "deeper/",
                "deeper/..",
                "nowhere/f",
                "secret\0",
                "link/secret",
                "link",
                "file-link",
                "dangling",
                "up/secret",
                "up/inside/../secret",
                "\uFFFF",
                "deeper/link-up/secret"
            })
    void nothingLeadsOut(String name) throws IOException {
        Files.createSymbolicLink(inside.resolve("link"), outside);
        Files.createSymbolicLink(inside.resolve("up"), Path.of(".."));
        Files.createSymbolicLink(inside.resolve("deeper/link-up"), Path.of("../.."));
        Files.createSymbolicLink(inside.resolve("file-link"), outside.resolve("secret"));
        Files.createSymbolicLink(inside.resolve("dangling"), outside.resolve("new"));
        Files.writeString(inside.resolve("own"), "own");
        for (int mode : new int[] {R, R_PLUS}) {
            assertThat(guest.open(name, mode)).as("mode %d", mode).isEqualTo(-1);
        }
        if (!name.equals("\uFFFF")) { // a strange name, but a name
            assertThat(guest.open(name, W)).isEqualTo(-1);
            assertThat(guest.open(name, A)).isEqualTo(-1);
            assertThat(guest.rename("own", name)).isEqualTo(-1);
        }
        assertThat(guest.rename(name, "stolen")).isEqualTo(-1);
        assertThat(guest.remove(name)).isEqualTo(-1);
        assertThat(outside.resolve("secret")).hasContent("secret");
        assertThat(outside.resolve("new")).doesNotExist();
        assertThat(inside.resolve("link")).isSymbolicLink();
    }

    @Test
    void aLinkThatStaysInsideIsFollowed() throws IOException {
        Files.writeString(inside.resolve("deeper/f"), "f");
        Files.createSymbolicLink(inside.resolve("short"), Path.of("deeper"));
        assertThat(guest.read(guest.open("short/f", R), 5)).isEqualTo("f");
    }

    @Test
    void theDirectoryMayItselfBeBehindALink() throws IOException {
        Files.writeString(inside.resolve("f"), "f");
        Path link = Files.createSymbolicLink(outside.resolve("alias"), inside);
        Guest other = new Guest(host.withFiles(ConfinedDirectory.of(link), LARGEST));
        assertThat(other.read(other.open("f", R), 5)).isEqualTo("f");
        other.semihosting().close();
    }

    @Test
    void newFilesAreCounted() {
        for (int i = 0; i < 1000; i++) {
            int file = guest.open("f" + i, W);
            assertThat(guest.result(Operation.SYS_CLOSE, file)).isZero();
        }
        assertThat(guest.open("one more", W)).isEqualTo(-1);
        assertThat(guest.errno()).isEqualTo(28);
        guest.remove("f7");
        assertThat(guest.open("one more", W)).isPositive();
    }

    @Test
    void aFileThatWasOpenWhenStateWasSavedFailsUntilItIsClosed() {
        int file = guest.open("f", W);
        StateWriter saved = new StateWriter();
        guest.semihosting().save(saved);
        Guest fresh = new Guest(host);
        fresh.semihosting().load(new StateReader(saved.toByteArray()));
        assertThat(fresh.write(file, "x")).isEqualTo(-1);
        assertThat(fresh.result(Operation.SYS_READ, file, Guest.BUFFER, 1)).isEqualTo(-1);
        assertThat(fresh.result(Operation.SYS_SEEK, file, 0)).isEqualTo(-1);
        assertThat(fresh.result(Operation.SYS_FLEN, file)).isEqualTo(-1);
        assertThat(fresh.result(Operation.SYS_ISTTY, file)).isEqualTo(-1);
        assertThat(fresh.open("g", W)).isNotEqualTo(file);
        assertThat(fresh.result(Operation.SYS_CLOSE, file)).isZero();
        assertThat(fresh.open("h", W)).isEqualTo(file);
        fresh.semihosting().close();
    }

    @Test
    void aDirectoryThatIsNoneIsRefused() {
        Path none = outside.resolve("secret");
        assertThatThrownBy(() -> ConfinedDirectory.of(none))
                .isInstanceOf(IOException.class)
                .hasMessage(none + ": it is no directory; create it or name another");
    }
}
