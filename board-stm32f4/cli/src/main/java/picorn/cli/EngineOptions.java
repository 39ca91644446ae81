// SPDX-License-Identifier: MIT
package picorn.cli;

import java.util.Optional;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;
import picorn.emulator.cpu.EngineProvider;
import picorn.emulator.cpu.Engines;
import picorn.emulator.cpu.Timing;
import picorn.emulator.cpu.Translation;

/**
 * What executes firmware, and how; each command declares what it lets its user choose.
 *
 * @param name of the engine
 * @param timing what takes how long
 * @param translation whether it translates; empty to leave that to the engine
 */
record EngineOptions(String name, Timing timing, Optional<Translation> translation) {
    static void declareEngine(Options options, String preset) {
        OptionValues.add(options, "engine", "NAME", "what executes instructions (default %s)".formatted(preset));
    }

    static void declareTiming(Options options) {
        OptionValues.add(
                options,
                "timing",
                "instructions|m4",
                "instructions (default): each takes a cycle of HCLK; m4: the cycles of a Cortex-M4 and its flash memory"
                        + " (--engine java)");
    }

    static void declareTranslation(Options options) {
        OptionValues.add(
                options,
                "translate",
                "on|off",
                "on: the Java engine makes bytecode of what is executed often, for long runs; off (default): it interprets");
    }

    /** Of a command whose engine is {@code preset} unless another one is named. */
    static EngineOptions parse(CommandLine line, String preset) throws UsageError {
        Timing timing = OptionValues.choice(line, "timing", Timing.INSTRUCTIONS);
        Optional<Translation> translation = line.hasOption("translate")
                ? Optional.of(OptionValues.choice(line, "translate", Translation.OFF))
                : Optional.empty();
        if (timing == Timing.M4 && translation.orElse(Translation.OFF) != Translation.OFF) {
            throw new UsageError("--timing m4 counts cycles of interpreted code only: leave --translate out");
        }
        return new EngineOptions(line.getOptionValue("engine", preset), timing, translation);
    }

    /**
     * Makes such engines.
     *
     * @throws picorn.emulator.cpu.EngineUnavailable if there is none
     */
    EngineProvider provider() {
        EngineProvider named = Engines.named(name);
        return translation.map(named::translating).orElse(named).timed(timing);
    }
}
