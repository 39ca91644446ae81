// SPDX-License-Identifier: MIT
package picorn.cli;

import java.util.List;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;

/** {@code picorn images}: what firmware comes with Picorn. */
final class ImagesCommand implements Command {
    @Override
    public String name() {
        return "images";
    }

    @Override
    public String arguments() {
        return "";
    }

    @Override
    public String summary() {
        return "lists the bundled images";
    }

    @Override
    public List<String> examples() {
        return List.of("picorn images");
    }

    @Override
    public Options options() {
        return new Options();
    }

    @Override
    public int run(CommandLine line) {
        BundledImages.all().forEach((name, description) -> System.out.printf("%-18s %s%n", name, description));
        return ExitStatus.WELL;
    }
}
