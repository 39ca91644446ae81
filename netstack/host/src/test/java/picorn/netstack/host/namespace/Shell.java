// SPDX-License-Identifier: MIT
package picorn.netstack.host.namespace;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;

/** Programs of the host as a test runs them: words separated by single spaces, standard output and error together. */
public final class Shell {
    private static final Map<String, String> PACKAGES = Map.of(
            "ip", "iproute2",
            "ping", "iputils-ping",
            "tracepath", "iputils-tracepath",
            "dnsmasq", "dnsmasq-base");

    private Shell() {}

    /** Starts a program; the test is skipped, in CI failed, where it is not installed. */
    public static Process start(String command) throws IOException {
        String[] words = command.split(" ");
        require(words[0]);
        return new ProcessBuilder(Arrays.asList(words))
                .redirectErrorStream(true)
                .start();
    }

    /** Runs a program to its end, which must be a success. */
    public static String run(String command) throws IOException, InterruptedException {
        Process process = start(command);
        process.getOutputStream().close();
        String says = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as("%s says: %s", command, says).isZero();
        return says;
    }

    private static void require(String program) {
        boolean found = Stream.of((System.getenv("PATH") + ":/usr/sbin:/sbin").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
        if (!found) {
            String debian = PACKAGES.getOrDefault(program, program);
            Unavailable.because("%s is not installed (Debian: apt-get install %s)".formatted(program, debian));
        }
    }
}
