// SPDX-License-Identifier: MIT
package picorn.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads JSON (RFC 8259): objects as maps, arrays as lists, numbers as doubles, strings. Other literals do not occur here. */
final class JsonText {
    private final String text;
    private int at;

    private JsonText(String text) {
        this.text = text;
    }

    static Object parse(String text) {
        JsonText json = new JsonText(text);
        Object value = json.value();
        json.space();
        assertThat(json.at).as("octets of JSON").isEqualTo(text.length());
        return value;
    }

    private void space() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private boolean takes(char character) {
        space();
        if (text.charAt(at) != character) {
            return false;
        }
        at++;
        return true;
    }

    private void require(char character) {
        assertThat(takes(character)).as("'%s' at %d", character, at).isTrue();
    }

    private Object value() {
        space();
        return switch (text.charAt(at)) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> string();
            default -> number();
        };
    }

    private Map<String, Object> object() {
        Map<String, Object> members = new LinkedHashMap<>();
        require('{');
        for (boolean more = !takes('}'); more; more = !takes('}') && comma()) {
            space();
            String name = string();
            require(':');
            members.put(name, value());
        }
        return members;
    }

    private List<Object> array() {
        List<Object> items = new ArrayList<>();
        require('[');
        for (boolean more = !takes(']'); more; more = !takes(']') && comma()) {
            items.add(value());
        }
        return items;
    }

    private boolean comma() {
        require(',');
        return true;
    }

    private String string() {
        StringBuilder string = new StringBuilder();
        require('"');
        for (; text.charAt(at) != '"'; at++) {
            at += text.charAt(at) == '\\' ? 1 : 0;
            string.append(text.charAt(at));
        }
        at++;
        return string.toString();
    }

    private Double number() {
        int start = at;
        while (at < text.length() && "+-0123456789.eE".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return Double.valueOf(text.substring(start, at));
    }
}
