"""Rankings: الأكثر قراءة and الأكثر تعليقاً over a day, a week, a month. Who counts registers a counter here."""
