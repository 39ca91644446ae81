// SPDX-License-Identifier: MIT
package picorn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFileTest {
    @TempDir
    private Path folder;

    @Test
    void theOldFileStandsUntilTheNewOneIsComplete() throws Exception {
        Path target = Files.writeString(folder.resolve("report.json"), "old");
        try (OutputFile file = new OutputFile("report", target)) {
            file.write("new".getBytes());
            file.flush();
            assertThat(target).hasContent("old");
            file.complete();
        }
        assertThat(target).hasContent("new");
        assertThat(folder).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void whatIsNotCompletedLeavesNothing() throws Exception {
        Path target = folder.resolve("report.json");
        new OutputFile("report", target).close();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aLinkKeepsLeadingToItsFile() throws Exception {
        Path real = Files.writeString(folder.resolve("real"), "old");
        Path link = Files.createSymbolicLink(folder.resolve("link"), real);
        try (OutputFile file = new OutputFile("report", link)) {
            file.write("new".getBytes());
            file.complete();
        }
        assertThat(link).isSymbolicLink();
        assertThat(real).hasContent("new");
    }

    @Test
    void aFolderThatIsNotThereIsSaidInOneLine() {
        assertThatThrownBy(() -> new OutputFile("pcap", folder.resolve("no/such")))
                .isInstanceOf(UsageError.class)
                .hasMessageStartingWith("--pcap ")
                .hasMessageNotContaining(".part");
    }
}
