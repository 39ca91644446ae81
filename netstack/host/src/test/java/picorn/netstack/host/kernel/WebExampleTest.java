// SPDX-License-Identifier: MIT
package picorn.netstack.host.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picorn.netstack.host.namespace.InNetworkNamespace;
import picorn.netstack.host.namespace.Shell;

/** The program and the commands in the package's documentation, taken from there word for word. */
@InNetworkNamespace
@Timeout(60)
class WebExampleTest {
    private static final Path DOCUMENTATION = Path.of("src/main/java/picorn/netstack/host/package-info.java");
    private static final String BEGIN = " * <pre>{@code";
    private static final String END = " * }</pre>";

    @Test
    void documentedProgramServesCurl(@TempDir Path folder) throws Exception {
        List<String> commands = snippet(2).lines().toList();
        assertThat(snippet(1).lines().dropWhile(line -> !line.startsWith("class")))
                .hasSizeLessThanOrEqualTo(30);
        Files.writeString(folder.resolve("Web.java"), snippet(1));
        for (String command : commands.subList(0, 3)) {
            Shell.run(command);
        }
        Process program =
                Shell.start("java -cp " + System.getProperty("java.class.path") + " " + folder.resolve("Web.java"));
        try {
            String ready = new BufferedReader(new InputStreamReader(program.getInputStream(), StandardCharsets.UTF_8))
                    .readLine();
            assertThat(commands.get(4)).isEqualTo("curl " + ready);
            assertThat(Shell.run("curl -s -S -i " + ready))
                    .isEqualTo("HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\nYou said: GET / HTTP/1.1\n");
        } finally {
            program.destroy();
        }
    }

    private static String snippet(int number) throws Exception {
        String text = Files.readString(DOCUMENTATION).split(java.util.regex.Pattern.quote(BEGIN))[number];
        return text.substring(1, text.indexOf(END))
                .lines()
                .map(line -> line.equals(" *") ? "" : line.substring(3))
                .collect(Collectors.joining("\n"));
    }
}
