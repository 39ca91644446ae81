// SPDX-License-Identifier: MIT
package picorn.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Unicorn engine is an artifact that may be left out: the Java engine needs nothing of it. */
class WithoutUnicornTest {
    private static final List<String> ITS_ARTIFACTS = List.of(
            "picorn-emulator-unicorn", "emulator%1$sunicorn%1$s".formatted(File.separator), "unidbg-unicorn2", "jna-");

    @TempDir
    private Path folder;

    private record Result(int status, String console, String messages) {}

    private Result run(String... arguments) throws Exception {
        String classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> ITS_ARTIFACTS.stream().noneMatch(entry::contains))
                .collect(Collectors.joining(File.pathSeparator));
        Path console = folder.resolve("console");
        Path messages = folder.resolve("messages");
        Stream<String> java = Stream.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classPath,
                "picorn.cli.Main");
        int status = new ProcessBuilder(
                        Stream.concat(java, Stream.of(arguments)).toList())
                .redirectOutput(console.toFile())
                .redirectError(messages.toFile())
                .start()
                .waitFor();
        return new Result(status, Files.readString(console), Files.readString(messages));
    }

    @Test
    void theJavaEngineRuns() throws Exception {
        Result result = run("run", "isa-check-O2", "--engine", "java");
        assertThat(result.status()).as(result.messages()).isZero();
        assertThat(result.console()).contains("compiled floats");
        assertThat(result.messages()).contains("engine java");
    }

    @Test
    void theUnicornEngineIsMissedInOneLine() throws Exception {
        Result result = run("run", "isa-check-O2", "--engine", "unicorn");
        assertThat(result.status()).isEqualTo(2);
        assertThat(result.messages().lines()).hasSize(1);
        assertThat(result.messages())
                .startsWith("picorn: engine 'unicorn' is not on the class path (there: java)")
                .contains("picorn-emulator-unicorn");
    }
}
