// SPDX-License-Identifier: MIT
package picorn.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picorn.emulator.cpu.Timing;
import picorn.emulator.report.Finding;
import picorn.emulator.time.Clock;
import picorn.stm32f4.board.MemoryUse;

/**
 * What is said of a run when it has ended.
 *
 * @param seed of everything random
 * @param virtualTime picoseconds
 * @param wallNanoseconds of the host, from reset to the end
 * @param findingsNotKept occurrences beyond those that are kept
 * @param failure what is known of why it failed, empty if it did not
 */
record RunReport(
        String image,
        String board,
        String engine,
        Timing timing,
        long seed,
        RunEnding ending,
        long instructions,
        long exceptions,
        long virtualTime,
        long wallNanoseconds,
        long framesOut,
        long framesIn,
        List<MemoryUse> memory,
        List<Finding> findings,
        long findingsNotKept,
        List<String> failure) {
    String toTable() {
        StringBuilder table = new StringBuilder();
        table.append("%n%s on %s, engine %s%s: %s%n"
                .formatted(
                        image,
                        board,
                        engine,
                        timing == Timing.INSTRUCTIONS ? "" : ", timing " + timing.word(),
                        ending.words()));
        table.append("  memory          size    loaded   touched%n".formatted());
        for (MemoryUse use : memory) {
            table.append("  %-10s %9s %9d %9d  %3d %%%n"
                    .formatted(use.name(), Sizes.format(use.size()), use.loaded(), use.touched(), percent(use)));
        }
        table.append("  %,d instructions, %,d exceptions in %.6f s of virtual time%n"
                .formatted(instructions, exceptions, seconds(virtualTime)));
        table.append("  %.3f s of yours: %.1f million instructions a second, %.2f times real time%n"
                .formatted(wallNanoseconds / 1e9, mips(), seconds(virtualTime) / (wallNanoseconds / 1e9)));
        table.append("  %d frames out, %d in%n".formatted(framesOut, framesIn));
        return table.toString();
    }

    private static long percent(MemoryUse use) {
        return Math.round(100.0 * use.touched() / use.size());
    }

    private double mips() {
        return instructions * 1e3 / Math.max(1, wallNanoseconds);
    }

    private static double seconds(long picoseconds) {
        return (double) picoseconds / Clock.SECOND;
    }

    String toJson() {
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("image", image);
        root.put("board", board);
        root.put("engine", engine);
        root.put("timing", timing.word());
        root.put("seed", seed);
        root.put("ending", ending.words());
        root.put("status", ending.status());
        root.put("instructions", instructions);
        root.put("exceptions", exceptions);
        root.put("virtualPicoseconds", virtualTime);
        root.put("wallNanoseconds", wallNanoseconds);
        root.put("millionInstructionsPerSecond", mips());
        root.put("framesOut", framesOut);
        root.put("framesIn", framesIn);
        root.put("memory", memory.stream().map(RunReport::json).toList());
        root.put("findings", findings.stream().map(RunReport::json).toList());
        root.put("findingsNotKept", findingsNotKept);
        root.put("failure", failure);
        return Json.of(root);
    }

    private static Map<String, Object> json(MemoryUse use) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", use.name());
        map.put("size", use.size());
        map.put("loaded", use.loaded());
        map.put("touched", use.touched());
        return map;
    }

    private static Map<String, Object> json(Finding finding) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("kind", finding.kind().name());
        map.put("subject", finding.subject());
        map.put("pc", "0x%08x".formatted(finding.pc()));
        map.put("picoseconds", finding.time());
        return map;
    }
}
