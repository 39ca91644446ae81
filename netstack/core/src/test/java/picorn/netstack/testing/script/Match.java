// SPDX-License-Identifier: MIT
package picorn.netstack.testing.script;

import java.util.Map;

/** Compares a segment that the stack has sent with what a script wants. */
record Match(Conversation whose, Pattern wanted, Tcp4 segment) {
    void check() {
        flags();
        if (wanted.start() != Pattern.ANYWHERE) {
            int start = segment.has(Tcp4.SYN) ? 0 : segment.seq() - whose.issOrZero();
            same("sequence number", wanted.start(), start);
            same("length", wanted.length(), segment.data().length);
        }
        if (wanted.ack().isPresent()) {
            same("acknowledgment number", wanted.ack().getAsInt(), segment.ack() - whose.irs);
        }
        if (!wanted.windowIs(segment.window())) {
            wrong("window should be " + wanted.window());
        }
        if (wanted.urgent().isPresent()) {
            same("urgent pointer", wanted.urgent().getAsInt(), segment.urgent());
        }
        if (!wanted.ecn().isEmpty()) {
            same("ECN field", wanted.ecnBits(), segment.ecn());
        }
        options();
        int place = segment.seq() - whose.issOrZero();
        if (segment.data().length > 1 && Stream.firstWrong(segment.data(), 0, segment.data().length, place) >= 0) {
            wrong("other octets than were written");
        }
    }

    // PSH says nothing that a receiver needs (RFC 9293, section 3.9.1.2); it is compared when the script names it.
    private void flags() {
        int flags = Tcp4.flags(wanted.flags());
        int ignored = wanted.flags().contains("P") ? 0 : Tcp4.PSH;
        if (((flags ^ segment.flags()) & ~ignored) != 0) {
            wrong("flags should be " + Tcp4.letters(flags));
        }
    }

    private void options() {
        Map<String, String> are = Conversation.options(segment, whose.irs);
        wanted.wantedOptions().forEach((name, value) -> {
            if (name.startsWith("no-")) {
                if (are.containsKey(name.substring(3))) {
                    wrong("there should be no option " + name.substring(3));
                }
            } else if (!are.containsKey(name) || !agrees(value, are.get(name))) {
                wrong("option " + name + " should be " + value);
            }
        });
    }

    private boolean agrees(String wantedValue, String is) {
        if (wantedValue.isEmpty()) {
            return true;
        }
        String[] wantedWords = wantedValue.split(" ");
        String[] words = is.split(" ");
        boolean agrees = wantedWords.length == words.length;
        for (int i = 0; agrees && i < words.length; i++) {
            agrees = wantedWords[i].equals("*") || wantedWords[i].equals(words[i]);
        }
        return agrees;
    }

    private void same(String what, int should, int is) {
        if (should != is) {
            wrong(what + " should be " + should + ", is " + is);
        }
    }

    private void wrong(String what) {
        int base = segment.has(Tcp4.SYN) ? segment.seq() : whose.issOrZero();
        throw new Failure(what + ": " + whose.describe(segment, base, whose.irs));
    }
}
