// SPDX-License-Identifier: MIT
package picorn.emulator.dwarf;

import java.util.ArrayList;
import java.util.List;

/** The directories and files of a line-number program's header (DWARF 5, 6.2.4.1; DWARF 4, 6.2.4, items 11 and 12). */
final class FileNames {
    /** DW_LNCT_path and DW_LNCT_directory_index (DWARF 5, 7.22). */
    private static final int PATH = 1;

    private static final int DIRECTORY_INDEX = 2;
    /** Of one unit; one that includes a thousand headers is rare. */
    private static final int MOST = 1 << 14;

    private FileNames() {}

    private record Entry(String path, long directory) {}

    /** One kind of content of an entry and how it is written. */
    private record Content(long kind, long form) {}

    static List<String> before5(Cursor in) throws Malformed {
        List<String> directories =
                new ArrayList<>(List.of("")); // number 0: that of the compilation, which is not told here
        for (String name = in.text(); !name.isEmpty(); name = in.text()) {
            add(directories, name);
        }
        List<String> files = new ArrayList<>();
        for (String name = in.text(); !name.isEmpty(); name = in.text()) {
            add(files, joined(directories, new Entry(name, in.uleb128())));
            in.uleb128(); // time
            in.uleb128(); // octets
        }
        return files;
    }

    static List<String> version5(Cursor in, LineStrings strings) throws Malformed {
        List<String> directories = new ArrayList<>();
        for (Entry entry : entries(in, strings)) {
            directories.add(entry.path());
        }
        List<String> files = new ArrayList<>();
        for (Entry entry : entries(in, strings)) {
            files.add(joined(directories, entry));
        }
        return files;
    }

    private static List<Entry> entries(Cursor in, LineStrings strings) throws Malformed {
        List<Content> contents = new ArrayList<>();
        for (int left = in.octet(); left > 0; left--) {
            contents.add(new Content(in.uleb128(), in.uleb128()));
        }
        List<Entry> entries = new ArrayList<>();
        for (long left = in.uleb128(); left != 0; left--) {
            if (contents.isEmpty() || !in.hasMore()) {
                throw new Malformed("more entries than there are data");
            }
            add(entries, entry(in, contents, strings));
        }
        return entries;
    }

    private static <T> void add(List<T> all, T one) throws Malformed {
        if (all.size() == MOST) {
            throw new Malformed("more than %d files or directories".formatted(MOST));
        }
        all.add(one);
    }

    private static Entry entry(Cursor in, List<Content> contents, LineStrings strings) throws Malformed {
        String path = "?";
        long directory = 0;
        for (Content content : contents) {
            if (content.kind() == PATH) {
                path = strings.text(in, content.form());
            } else if (content.kind() == DIRECTORY_INDEX) {
                directory = strings.number(in, content.form());
            } else {
                strings.skip(in, content.form());
            }
        }
        return new Entry(path, directory);
    }

    private static String joined(List<String> directories, Entry entry) {
        boolean known = entry.directory() >= 0 && entry.directory() < directories.size();
        String directory = known ? directories.get((int) entry.directory()) : "";
        return directory.isEmpty() || entry.path().startsWith("/") ? entry.path() : directory + "/" + entry.path();
    }
}
