/// The audit page's script: sorting and filtering of what is there without it.
enum AuditScript {
  static let text = #"""
    (function(){
    'use strict';
    function each(list,body){Array.prototype.forEach.call(list,body)}
    function compare(a,b){
      var n=a-b;
      return isNaN(n)||a===''||b===''?String(a).localeCompare(String(b)):n;
    }
    // Moving and hiding parts of a page costs browsers up to a hundred times what it costs in a
    // tree beside it.
    function aside(part,work){
      var parent=part.parentNode,next=part.nextSibling;
      parent.removeChild(part);
      work();
      parent.insertBefore(part,next);
    }
    function sort(parent,items,key,down){
      var order=items.map(function(item,index){return {item:item,key:key(item),index:index}})
        .sort(function(a,b){return (down?compare(b.key,a.key):compare(a.key,b.key))||a.index-b.index});
      aside(parent,function(){order.forEach(function(entry){parent.appendChild(entry.item)})});
    }
    function button(place){
      var made=document.createElement('button');
      made.type='button';
      while(place.firstChild)made.appendChild(place.firstChild);
      place.appendChild(made);
      return made;
    }
    each(document.querySelectorAll('section>.scroll>table'),function(table){
      var heads=table.tHead.rows[0].cells;
      each(heads,function(head,index){
        if(head.textContent==='State')return;
        button(head).addEventListener('click',function(){
          var down=head.getAttribute('aria-sort')?head.getAttribute('aria-sort')==='ascending':head.className==='n';
          each(heads,function(other){other.removeAttribute('aria-sort')});
          head.setAttribute('aria-sort',down?'descending':'ascending');
          sort(table.tBodies[0],Array.prototype.slice.call(table.tBodies[0].rows),function(row){
            var cell=row.cells[index];
            return cell.hasAttribute('data-v')?cell.getAttribute('data-v'):cell.textContent.trim();
          },down);
        });
      });
    });
    var list=document.getElementById('list'),items=Array.prototype.slice.call(list.children);
    var head=document.querySelector('.head'),keys=[
      function(item){return item.querySelector('code').textContent},
      function(item){return item.getAttribute('data-need')},
      function(item){return item.querySelector('[data-label=Guest]').textContent},
      function(item){return item.querySelector('[data-label=Hardware]').textContent},
      function(item){return item.getAttribute('data-bytes')},
      function(item){return item.getAttribute('data-updated')}];
    head.removeAttribute('aria-hidden');
    head.classList.add('live');
    head.setAttribute('role','group');
    head.setAttribute('aria-label','Sort packages by');
    each(head.children,function(place,index){
      var press=button(place);
      press.addEventListener('click',function(){
        var first=index===1||index>3,order=press.getAttribute('data-order');
        var down=order?order==='up':first;
        each(head.querySelectorAll('button'),function(other){other.removeAttribute('data-order');other.setAttribute('aria-pressed','false')});
        press.setAttribute('data-order',down?'down':'up');
        press.setAttribute('aria-pressed','true');
        sort(list,items,keys[index],down);
      });
    });
    var field=document.getElementById('q'),shown=document.getElementById('shown');
    var shows=document.querySelectorAll('[data-show]'),kind='',rule='';
    document.querySelector('.tools').hidden=false;
    function filter(){
      var words=field.value.toLowerCase().split(/\s+/).filter(Boolean),count=0;
      aside(list,function(){items.forEach(function(item){
        if(words.length&&item.words===undefined)item.words=item.textContent.toLowerCase();
        var fits=(!kind||(kind==='changed'?item.hasAttribute('data-changed'):item.className===kind))
          &&words.every(function(word){return item.words.indexOf(word)>=0});
        item.hidden=!fits;
        if(fits)count++;
      })});
      shown.textContent=words.length||kind?count+' of '+items.length+' shown':'';
    }
    var wait;
    field.addEventListener('input',function(){clearTimeout(wait);wait=setTimeout(filter,80)});
    each(shows,function(press){
      press.addEventListener('click',function(){
        kind=press.getAttribute('data-show');
        each(shows,function(other){other.setAttribute('aria-pressed',String(other===press))});
        filter();
      });
    });
    each(document.querySelectorAll('.pick'),function(press){
      press.hidden=false;
      press.addEventListener('click',function(){
        kind='';
        each(shows,function(other,index){other.setAttribute('aria-pressed',String(index===0))});
        field.value=press.getAttribute('data-rule');
        filter();
        document.getElementById('packages').scrollIntoView();
        field.focus({preventScroll:true});
      });
    });
    function reveal(){
      var place=location.hash.length>1&&document.getElementById(decodeURIComponent(location.hash.slice(1)));
      for(var part=place;part;part=part.parentElement)if(part.tagName==='DETAILS')part.open=true;
      if(place)place.scrollIntoView();
    }
    var opened=[];
    addEventListener('beforeprint',function(){
      each(document.querySelectorAll('details:not([open])'),function(part){part.open=true;opened.push(part)});
    });
    addEventListener('afterprint',function(){
      opened.forEach(function(part){part.open=false});
      opened=[];
    });
    addEventListener('hashchange',reveal);
    reveal();
    })();
    """#
}
