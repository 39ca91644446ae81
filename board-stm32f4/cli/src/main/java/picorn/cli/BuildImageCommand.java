// SPDX-License-Identifier: MIT
package picorn.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;
import picorn.stm32f4.linux.LinuxBuild;

/** {@code picorn build-image}: builds images that are not bundled, from Debian's sources, on this machine. */
final class BuildImageCommand implements Command {
    private static final String SCRIPT = "firmware-images/linux/build.sh";

    @Override
    public String name() {
        return "build-image";
    }

    @Override
    public String arguments() {
        return "linux-VARIANT...";
    }

    @Override
    public String summary() {
        return "builds Linux without MMU and its user space, some minutes the first time";
    }

    @Override
    public List<String> examples() {
        return List.of("picorn build-image linux-full", "  then: picorn run linux");
    }

    @Override
    public Options options() {
        return new Options();
    }

    @Override
    public int run(CommandLine line) throws UsageError {
        if (line.getArgList().isEmpty()) {
            throw new UsageError("build-image takes one image or more, such as linux-full");
        }
        List<String> variants = new ArrayList<>();
        for (String image : line.getArgList()) {
            variants.add(LinuxBuild.named(image)
                    .map(LinuxBuild::variant)
                    .orElseThrow(() -> new UsageError("%s is not built here; it is linux-VARIANT".formatted(image))));
        }
        return build(variants);
    }

    /** Builds variants; the result is the script's exit status. */
    static int build(List<String> variants) throws UsageError {
        List<String> command = new ArrayList<>(List.of("bash", script().toString()));
        command.addAll(variants);
        try {
            return new ProcessBuilder(command).inheritIO().start().waitFor() == 0 ? ExitStatus.WELL : ExitStatus.FAILED;
        } catch (IOException e) {
            throw new UsageError("%s cannot be run: %s".formatted(SCRIPT, e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitStatus.FAILED;
        }
    }

    /** The build script of this source tree. */
    static Path script() throws UsageError {
        Path script = Path.of(System.getProperty("picorn.home", "")).resolve(SCRIPT);
        if (!Files.exists(script)) {
            throw new UsageError("%s is not there; run picorn from its source tree".formatted(script));
        }
        return script;
    }
}
