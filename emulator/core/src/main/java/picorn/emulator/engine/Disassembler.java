// SPDX-License-Identifier: MIT
package picorn.emulator.engine;

import java.util.regex.Matcher;

/** Writes instructions the way the GNU tools do, from their encodings' syntax. */
final class Disassembler {
    private static final String[] CONDITIONS = {
        "eq", "ne", "cs", "cc", "mi", "pl", "vs", "vc", "hi", "ls", "ge", "lt", "gt", "le", "", ""
    };

    private Disassembler() {}

    /** The text of an instruction; {@code condition} is what an IT block adds to its name. */
    static String text(Instruction i, String condition) {
        Matcher token = i.encoding.tokens();
        StringBuilder text = new StringBuilder();
        while (token.find()) {
            token.appendReplacement(text, Matcher.quoteReplacement(operand(i, token.group(1), condition)));
        }
        return token.appendTail(text).toString();
    }

    private static String operand(Instruction i, String token, String condition) {
        return switch (token) {
            case "c" -> i.encoding.has('c') ? CONDITIONS[i.condition] : condition;
            case "S", "s" -> i.setsFlags ? "s" : "";
            case "d" -> core(i.d);
            case "n" -> core(i.n);
            case "m" -> core(i.m);
            case "a" -> core(i.a);
            case "t" -> core(i.t);
            case "u" -> core(i.u);
            case "sD" -> "s" + i.d;
            case "sN" -> "s" + i.n;
            case "sM" -> "s" + i.m;
            case "sM+1" -> "s" + (i.m + 1);
            case "dD" -> "d" + i.d / 2;
            case "dM" -> "d" + i.m / 2;
            case "lsl", "lsr", "asr" -> Integer.toString(i.shiftAmount);
            case "W" -> i.writesBack ? "!" : "";
            case "w" -> Integer.toString(i.w);
            case "w+1" -> Integer.toString(i.w + 1);
            case "label" -> Integer.toHexString(i.i);
            default -> Integer.toString(i.i);
        };
    }

    private static String core(int number) {
        return switch (number) {
            case Core.SP -> "sp";
            case Core.LR -> "lr";
            case Core.PC -> "pc";
            default -> "r" + number;
        };
    }
}
