package fedval

// #include <fedval/render.h>
import "C"

// Explain says for people what a text stands for: a finding, a requirement "R1" to "R8", a profile, or any code or sentence
// that a product reports ("1010", "0x80090322"). known is false where nothing is known of it; the text then says so.
func Explain(text string) (explanation string, known bool, err error) {
	var out *C.char
	var length C.size_t
	var answer C.uint32_t
	asked, askedLen := textOf(text)
	if err := status(C.fedval_explanation_to_text(asked, askedLen, 1, nil, &out, &length, &answer)); err != nil {
		return "", false, err
	}
	return string(take(out, length)), answer != C.FEDVAL_ANSWER_UNKNOWN, nil
}
