// SPDX-License-Identifier: MIT
package picorn.cli;

import static org.assertj.core.api.Assertions.assertThat;

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
        try (OutputFile file = new OutputFile(target)) {
            file.write("new".getBytes());
            file.flush();
            assertThat(target).hasContent("old");
        }
        assertThat(target).hasContent("new");
        assertThat(folder).isDirectoryNotContaining("glob:**.part");
    }
}
